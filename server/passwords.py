"""Password hashing with Argon2id in a small pool, so that logins cannot eat all memory."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_AT_ONCE = 2  # 64 MB each


class Passwords:
    """Hashes and checks passwords; an unknown account costs as much time as a wrong password."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="password")
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    async def matches(self, hashed: str | None, password: str) -> bool:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._matches, hashed, password)

    def close(self) -> None:
        self._pool.shutdown()

    def _matches(self, hashed: str | None, password: str) -> bool:
        if self._nobody is None:
            self._nobody = self._hasher.hash("nobody has this password")
        try:
            self._hasher.verify(hashed or self._nobody, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
        return hashed is not None

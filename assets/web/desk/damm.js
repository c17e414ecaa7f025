// Check digit of pickup numbers (Damm, quasigroup of order 10), as server/contract/pickup.py.

const TABLE = [
  "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
];
export const LENGTH = 9;

export const digitsOf = (text) => text.replace(/\D/g, "").slice(0, LENGTH);
export const spaced = (digits) => digits.replace(/(\d{3})(?=\d)/g, "$1 ");
export const fits = (digits) =>
  digits.length === LENGTH && [...digits].reduce((row, digit) => Number(TABLE[row][digit]), 0) === 0;

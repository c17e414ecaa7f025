"""The terminal's end of a call: sound, pictures, WebRTC and the socket to the server."""

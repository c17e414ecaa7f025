"""The call exchange: sockets of terminals and desks around the waiting line."""

"""An instance on one machine: set up, started, and visited by a simulated citizen and clerk."""

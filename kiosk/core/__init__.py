"""Pure core of the terminal: state, journey and view models without I/O, clock or Kivy."""

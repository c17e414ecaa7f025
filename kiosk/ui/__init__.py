"""Kivy shell: theme, widgets and one screen per view model."""

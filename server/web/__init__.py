"""Handlers: thin translations between HTTP and the plain functions of the office."""

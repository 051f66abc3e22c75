"""Sends letters: drawn when they are sent, paced, retried."""

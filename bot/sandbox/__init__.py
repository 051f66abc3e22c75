"""Telegram without Telegram: a Bot API server on this machine, its page and its people."""

"""What an operator hears when the database cannot be used as it is."""


class DatabaseFault(Exception):
    """The database cannot be used as it is; the text is a sentence for the operator."""

"""What the bot says about itself: commands per scope and language, descriptions, menu buttons.

It is the bot's, not the neighbourhood's, so a reset keeps it.
"""

from dataclasses import dataclass, field

from bot.sandbox.errors import Wire

ScopeKey = tuple[str, int, int]
"""Type of the scope, chat id and user id (0 where the scope has none)."""


@dataclass(slots=True)
class Profile:
    """Descriptions by language code, commands by scope and language code ("" = any)."""

    commands: dict[tuple[ScopeKey, str], list[Wire]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Wire] = field(default_factory=dict)

    def commands_for(
        self, person: int, chat: int, language: str, *, manages: bool = False
    ) -> list[Wire]:
        """Return the menu that a person sees in a chat: the narrowest scope that has one."""
        scopes: list[ScopeKey] = [("chat", chat, 0), ("all_private_chats", 0, 0)]
        if chat < 0:
            scopes = [("chat_member", chat, person), ("chat", chat, 0), ("all_group_chats", 0, 0)]
            if manages:
                scopes.insert(1, ("chat_administrators", chat, 0))
                scopes.insert(3, ("all_chat_administrators", 0, 0))
        scopes.append(("default", 0, 0))
        for scope in scopes:
            for code in (language, language.partition("-")[0], ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def words_for(self, texts: dict[str, str], language: str) -> str:
        """Return the description (or the short one) in somebody's language."""
        return texts.get(language.partition("-")[0], texts.get("", ""))

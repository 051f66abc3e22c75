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

    def commands_for(self, person: int, chat: int, language: str) -> list[Wire]:
        """Return the menu that a person sees in a chat: the narrowest scope that has one."""
        scopes: list[ScopeKey] = [("chat_member", chat, person), ("chat", chat, 0)]
        scopes.append(("all_group_chats" if chat < 0 else "all_private_chats", 0, 0))
        scopes.append(("default", 0, 0))
        for scope in scopes:
            for code in (language, language.partition("-")[0], ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

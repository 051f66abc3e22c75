"""A strict reader of calendar files (RFC 5545), which shares nothing with what writes them."""

Block = tuple[str, dict[str, str], list["Block"]]


def read(file: bytes) -> Block:
    """Return the one calendar in the file; raises ValueError for what the standard forbids."""
    assert file.endswith(b"\r\n")
    raw = file[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    lines: list[bytes] = []
    for line in raw:
        if line.startswith(b" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    for line in raw:
        line.decode()  # no character is torn apart
    stack: list[Block] = []
    for name, _, value in (line.decode().partition(":") for line in lines):
        if name == "BEGIN":
            stack.append((value, {}, []))
        elif name == "END":
            done = stack.pop()
            assert done[0] == value
            if not stack:
                return done
            stack[-1][2].append(done)
        else:
            assert name not in stack[-1][1]
            stack[-1][1][name] = value
    raise ValueError("the calendar never ends")


def event_in(file: bytes) -> dict[str, str]:
    """Return what is said of the one event in the file; raises where there is not one."""
    name, head, (event,) = read(file)
    assert name == "VCALENDAR"
    assert head["VERSION"] == "2.0"
    assert "PRODID" in head
    return event[1]


def plain(text: str) -> str:
    found, escaped = "", False
    for one in text:
        if escaped:
            found += "\n" if one in "nN" else one
            escaped = False
        elif one == "\\":
            escaped = True
        else:
            assert one not in ",;"
            found += one
    return found

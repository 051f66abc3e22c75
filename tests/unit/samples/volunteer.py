"""A letter of each kind about volunteers, with facts as long as they become."""

from tests.unit.samples.facts import Samples, Variants

_LONG = "一个名字特别长的志愿者同志"
_SKILLS = [
    *("electric", "plumbing", "lift", "locks", "carpentry", "painting", "cleaning"),
    *("greening", "care", "computers", "driving", "languages", "a_skill_without_name"),
]
_WISH = {"id": 9001, "version": 12, "skills": _SKILLS, "where": ["3号楼", "5号楼", "11号楼"] * 3}
_EDIT = {
    **_WISH,
    "name": None,
    "sends": True,
    "anew": True,
    "tiles": [{"code": "a_skill_of_twenty_le", "on": True}, {"code": "electric", "on": False}] * 2,
    "page": 0,
    "pages": 4,
}
_WAS = {"skills": _SKILLS, "where": []}
_CARD = {
    **_WISH,
    "name": _LONG,
    "home": "幸福里东区13号楼2单元",
    "was": None,
    "reachable": False,
    "shut_out": False,
}
_REASONS = ["enough", "meet", "elsewhere", "other"]
_AREAS = [
    {"area": "buildings:estate_of_16_chr", "where": ["13号楼"]},
    *({"area": "estate:estate_of_16_chr", "where": ["幸福里西区南园北"]} for _ in range(5)),
    {"area": "", "where": []},
]
SAMPLES: Samples = {
    "volunteer.edit": _EDIT,
    "volunteer.where": {"id": 9001, "version": 12, "name": None, "tiles": _AREAS},
    "volunteer.waiting": _WISH,
    "volunteer.mine": {"id": 9001, "skills": _SKILLS, "where": [], "waits": True},
    "volunteer.stop": {},
    "volunteer.list": {
        "wishes": [{**_WISH, "name": _LONG}] * 3,
        "total": 30,
        "page": 1,
        "pages": 10,
    },
    "volunteer.card": _CARD,
    "volunteer.reason": {"id": 9001, "version": 12, "name": _LONG, "reasons": _REASONS},
    "volunteer.write": {"name": _LONG},
    "volunteer.wished": {**_WISH, "name": _LONG},
    "volunteer.welcome": _WISH,
    "volunteer.changed": {**_WISH, "skills": [], "where": []},
    "volunteer.refused": {"reason": "想先请您来坐坐," * 30, "volunteer": False},
    "volunteer.left": {},
    "volunteer.stopped": {"name": _LONG},
    "volunteer.you_stopped": {},
    "volunteer.you_refused": {"name": _LONG},
}
VARIANTS: Variants = [
    ("volunteer.edit", {**_EDIT, "name": _LONG, "anew": False}),
    ("volunteer.edit", {**_EDIT, "name": _LONG, "sends": False}),
    ("volunteer.edit", {**_EDIT, "anew": False, "skills": [], "where": []}),
    ("volunteer.edit", {**_EDIT, "tiles": [], "skills": [], "where": [], "pages": 1}),
    ("volunteer.where", {**SAMPLES["volunteer.where"], "name": _LONG}),
    ("volunteer.mine", {**SAMPLES["volunteer.mine"], "waits": False}),
    ("volunteer.list", {"wishes": [], "total": 0, "page": 0, "pages": 1}),
    ("volunteer.card", {**_CARD, "was": _WAS, "shut_out": True}),
    ("volunteer.card", {**_CARD, "home": None, "reachable": True, "skills": [], "where": []}),
    ("volunteer.refused", {"reason": "enough", "volunteer": True}),
    *(("volunteer.refused", {"reason": one, "volunteer": False}) for one in _REASONS[:3]),
]

"""Making an autograder for another service."""

from __future__ import annotations

import sys
from pathlib import Path

from grader.cli.voice import tell
from grader.courses import course_secret, find_course, load_assignment, require_slug
from grader.drafts import replacing
from grader.errors import UsageError
from grader.reports.exports.bundle import write_bundle
from grader.saying import reason, say


def bundle(
    *,
    service: str,
    output: Path | None,
    wheels: Path | None,
    level: str,
    course_dir: Path | None,
    assignment: str | None,
    lang: str,
) -> int:
    """Write the zip and say where it is. Returns the exit code."""
    course = find_course(Path.cwd(), course_dir)
    slugs = course.authored
    if assignment is None and len(slugs) != 1:
        raise UsageError(
            say(
                "A bundle is for one assignment: name it with --assignment ({names}).",
                names=", ".join(slugs) or say("none here"),
            )
        )
    slug = assignment or slugs[0]
    require_slug(slug, slugs)
    load_assignment(course.solutions / slug)  # what is not sound is told here, and not by the service tomorrow
    target = output or Path(f"{slug}.zip")
    try:
        with replacing(target) as draft:
            with draft.open("wb") as out:
                names = write_bundle(
                    out,
                    course=course.root,
                    assignment=slug,
                    secret=course_secret(course.root),
                    lang=lang,
                    sandbox=level,
                    wheels=sorted(wheels.glob("*.whl")) if wheels else (),
                )
            draft.chmod(0o600)
    except OSError as error:
        raise UsageError(say("{target} can't be written: {reason}.", target=target, reason=reason(error))) from error
    sys.stdout.write(f"{target}\n")
    tell(
        say(
            "{count} files. Upload it in {title} under Configure Autograder, with points set to what "
            "the assignment is worth. It holds the hidden checks and the course's secret.",
            count=len(names),
            title=service.title(),
        )
    )
    return 0

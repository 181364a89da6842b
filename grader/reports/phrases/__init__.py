"""The English words for every message code. A code has one or more templates, most telling first.

The first template whose slots are all among the message's parameters is taken, so the last one of a code should need
none. A slot is `{name}` or `{name:form}`; the forms are `reports.words`'s. English text is also the key of the
catalogues in `reports/locale`.
"""

from collections.abc import Mapping

from grader.reports.phrases import checks, desk, diagnosis, examples, exceptions, intake, notes, slips

TEMPLATES: Mapping[str, tuple[str, ...]] = {
    **checks.TEMPLATES,
    **desk.TEMPLATES,
    **diagnosis.TEMPLATES,
    **examples.TEMPLATES,
    **exceptions.TEMPLATES,
    **intake.TEMPLATES,
    **notes.TEMPLATES,
    **slips.TEMPLATES,
}

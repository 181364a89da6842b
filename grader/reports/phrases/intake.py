"""What became of files: those that can't be read, those that nothing could be made of, who handed in what."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    # that can't be read: what is wrong and what to do
    "unreadable.empty": ("The file is empty. Save your work and hand it in again.",),
    "unreadable.too_large": (
        (
            "The file is larger than {megabytes} MB. Clear the outputs (in Jupyter: Edit, Clear Outputs of "
            "All Cells), save and hand it in again."
        ),
    ),
    "unreadable.source_too_large": (
        "There are more than {megabytes} MB of code. Read data from a file instead of pasting it into the code.",
    ),
    "unreadable.too_complex": (
        "The notebook's outputs hold too much data. Clear the outputs, save and hand it in again.",
    ),
    "unreadable.too_deep": (
        (
            "The notebook is nested too deeply to be one that Jupyter wrote. Open it in Jupyter, save and "
            "hand it in again."
        ),
    ),
    "unreadable.notebook_json": (
        (
            "The notebook's file is broken (not JSON from column {column} on). Was it cut off or edited as "
            "text? Download it again."
        ),
        "The notebook's file is broken. Was it cut off or edited as text? Download it again.",
    ),
    "unreadable.merge_conflict": (
        (
            "The notebook holds the marks of a Git merge conflict (<<<<<<<). Settle the conflict, open the "
            "notebook in Jupyter and save it."
        ),
    ),
    "unreadable.not_notebook": (
        (
            "The file is called a notebook but is none. Hand in the .ipynb file that Jupyter saves, or the "
            "code as a .py file."
        ),
    ),
    "unreadable.notebook_version": (
        (
            "The notebook has format {version}, which is not known here. Save it in Jupyter as format 4 "
            "(jupyter nbconvert --to notebook --nbformat 4 FILE)."
        ),
    ),
    "unreadable.cell": ("Cell {cell} of the notebook is malformed. Open the notebook in Jupyter and save it again.",),
    "unreadable.wrong_kind": (
        "The file's content is {kind}, neither Python nor a notebook. Hand in the .py or .ipynb file itself.",
    ),
    "unreadable.binary": (
        "The file is not text: it holds NUL bytes. Hand in the source, not a compiled or damaged file.",
    ),
    "unreadable.encoding": (
        "The file declares the encoding {encoding}, which is not accepted. Save it as UTF-8 and take the line out.",
    ),
    "unreadable.encoding_mismatch": ("The file is not {encoding}, although it says so. Save it as UTF-8.",),
    "unreadable.gone": ("The file is no longer there.",),
    "unreadable.permission": (
        "It may not be read: the system denies permission. Change the permissions, then run again.",
    ),
    "unreadable.folder": ("The folder can't be listed.",),
    "unreadable.input_output": ("The system can't read the file. Copy it to another disk, then run again.",),
    "unreadable.symlink": ("It is a symbolic link, which is not followed. Put the file itself in its place.",),
    "unreadable.not_regular": ("It is no ordinary file (a pipe, socket or device).",),
    "unreadable.archive_damaged": ("The archive is damaged or was cut off. Download it again, or ask for a new one.",),
    "unreadable.archive_encrypted": ("The archive has a password. Ask for one without.",),
    "unreadable.archive_method": ("The archive is packed in an unusual way. Pack it again as an ordinary zip file.",),
    "unreadable.archive_bomb": ("The archive unpacks to far more than it should. It was not read further.",),
    "unreadable.archive_members": ("The archive holds more than {count} files. Split it.",),
    "unreadable.archive_too_large": (
        "The archive unpacks to more than {megabytes} MB. Split it, or unpack it and name the folder.",
    ),
    # that are no submissions
    "unmatched.not_found": ("There is no such file or folder.",),
    "unmatched.symlink": ("It is a symbolic link, which is not followed. Name or copy the file itself.",),
    "unmatched.too_deep": ("It lies too many folders deep.",),
    "unmatched.other_kind": ("Neither a .py nor an .ipynb file.",),
    "unmatched.other_file": ("Another file of the student's is the submission.",),
    "unmatched.compiled": ("A compiled file. The source is needed.",),
    "unmatched.archive_kind": ("An archive of this kind can't be opened. Unpack it, or pack it as zip.",),
    "unmatched.archive_nested": ("An archive within an archive within an archive. Unpack the outer one.",),
    "unmatched.archive_double": ("The archive holds several files of this name, so none of them is graded.",),
    "unmatched.archive_path": ("Its name in the archive leads out of the folder, so it is not graded.",),
    "unmatched.device_name": ("Its name means a device on Windows, so it is not graded.",),
    "unmatched.pattern": ("The pattern of --student-pattern does not match it.",),
    "unmatched.not_regular": ("It is no ordinary file (a pipe, socket or device).",),
    # who and which
    "student.unknown": ("The student is not in the roster.",),
    "student.unnamed": ("Nothing says whose file this is. Name the student with --student.",),
    "student.collision": (
        "These names could be one student's: {students:names}. Compare them with the roster.",
        "The student's name is nearly another's. Compare them with the roster.",
    ),
    "student.by_folder": (
        (
            "Nothing but their folders tells {count} students apart: {students:names}. Where folders are attempts of "
            "one student, say who with --student or --student-pattern."
        ),
        "Nothing but its folder says whose file this is.",
    ),
    "student.holds_folders": (
        (
            "{folder} was taken for the folder of one student who handed in {count} times: {students:names}. Where "
            "these are students, name {folder} itself as the path, or say who with --student-pattern."
        ),
    ),
    "roster.duplicate": ("The roster names {student} twice; the first row counts.",),
    "roster.no_student": ("Row {row} of {file} has no student; it was passed over.",),
    "roster.collision": ("In the roster {student} and {other} are nearly one name.",),
    "timestamps.nobody": (
        "Of the names in --timestamps, {count} are of nobody who handed in: {students:names}. Compare them.",
    ),
    "attempts.unordered": (
        "There are several attempts and nothing says which is the last. Look whether the right one was taken.",
    ),
    "submission.guessed": ("Of several files the largest was taken. Look whether it is the right one.",),
    "submission.unreadable": ("The submission can't be read.",),
    "late.lms": ("The platform marked it as late.",),
    "assignment.unknown": (
        "It is not clear which assignment this file is for. Name it with --assignment; there are: {assignments:names}.",
        "It is not clear which assignment this file is for. Name it with --assignment.",
    ),
    "assignment.doubtful": (
        (
            "Nothing of what is graded is in the file, or the file says that it is for another assignment. Look which "
            "one it is for."
        ),
    ),
    "assignment.other": (
        "The file says that it is for {marker}; it was handed in and graded as {assignment}.",
        "The file says that it is for another assignment than it was graded as.",
    ),
    "read.as_notebook": ("The file was read as a notebook, whatever its name says.",),
    "read.as_python": ("The file was read as Python, whatever its name says.",),
    "read.encoding_guessed": ("The file is not UTF-8; it was read as {encoding}.",),
    "incomplete": ("Some of it could not be graded; a person will look at it.",),
}

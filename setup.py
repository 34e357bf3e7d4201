"""What pre-commit installs for the hook `cardlint`: nothing of this repository, but the released wheel.

pre-commit runs `pip install .` at the root of a hook's repository. With the project of packaging/python here, each machine
would compile cardlint; this placeholder asks for the wheel of the same version instead.
"""

from setuptools import setup

setup(
    name="cardlint-pre-commit",
    version="0.1.0",
    install_requires=["cardlint==0.1.0"],
    py_modules=[],
)

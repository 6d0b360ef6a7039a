"""python -m yinju.cli is the command yinju."""

from yinju.cli import main

main()

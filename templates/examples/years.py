# How much does each work tell of each year? pandas reads the table of passages.
import sys

import pandas as pd

address = sys.argv[1] if len(sys.argv) > 1 else "SITE/data/alignment.csv"
passages = pd.read_csv(address)
print(passages.pivot_table(index="year", columns="work", values="passage", aggfunc="count", fill_value=0))

# Where is a person named, under whatever name? Each line: the sentence's id, a tab, its text.
name=${1:-wanyan-zonghan} site=${2:-SITE}
curl -s "$site/data/occurrences.csv" | grep "^$name," | cut -d, -f3,5 | sort -u |
while IFS=, read -r work sentence; do curl -s "$site/data/text/$work.hant.txt" | grep "^$sentence	"; done

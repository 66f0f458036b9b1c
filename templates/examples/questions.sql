-- Three questions to edition.sqlite: sqlite3 edition.sqlite < questions.sql

-- Who bears different names in different works, in the passages of one year?
SELECT names.hant, GROUP_CONCAT(DISTINCT occurrences.work || ' ' || occurrences.form) AS forms
FROM occurrences JOIN names ON names.id = occurrences.name
WHERE occurrences.year = 1122 AND NOT occurrences.by_title AND names.kind = 'person'
GROUP BY names.id HAVING COUNT(DISTINCT occurrences.work) > 1 AND COUNT(DISTINCT occurrences.form) > 1
ORDER BY names.id;

-- What does each work say of an event, sentence by sentence?
SELECT accounts.work, sentences.id, sentences.hant
FROM accounts
JOIN sentences AS first ON first.id = accounts.first_sentence
JOIN sentences AS last ON last.id = accounts.last_sentence
JOIN sentences ON sentences.passage = accounts.passage AND sentences.rowid BETWEEN first.rowid AND last.rowid
WHERE accounts.event = 'zhongjing'
ORDER BY accounts.work, sentences.rowid;

-- Which emendations follow which copy of a work?
SELECT passages.work, apparatus.witnesses, COUNT(*) AS emendations, MIN(apparatus.reading || ' → ' || apparatus.lemma) AS example
FROM apparatus JOIN passages ON passages.id = apparatus.passage
WHERE apparatus.kind = 'emendation'
GROUP BY passages.work, apparatus.witnesses
ORDER BY passages.work, emendations DESC;

# attack: nests functions deeper than the tables of symbols
x = «2000xlambda: »1

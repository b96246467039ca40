# attack: is warned of in a hundred thousand places
# expect: CE
«50000xx == 1; ¶»)

# attack: has names of a million letters repeated in the message
«500000xx» = = 1

-- attack: has more names and constants than a function can hold
«40000xlocal a№="b№" ¶»

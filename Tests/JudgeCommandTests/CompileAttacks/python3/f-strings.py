# attack: nests strings with expressions in them
x = «200xf"{(»1«200x)}"»

main :- hog([]).

hog(Kept) :- numlist(1, 100000, Numbers), hog([Numbers|Kept]).

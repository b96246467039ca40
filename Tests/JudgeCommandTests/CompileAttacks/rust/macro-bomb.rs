// attack: lets a macro double its words without end
// time: 3
#![recursion_limit = "100000"]
macro_rules! grow { ($($word:tt)*) => { grow!($($word)* $($word)* more) } }
fn main() { grow!(a); }

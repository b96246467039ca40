// attack: has a function that wants itself with a larger type, without end
// time: 3
#![recursion_limit = "1000000"]
#![type_length_limit = "1000000000000"]
fn grow<T>(depth: u32, value: T) { if depth > 0 { grow(depth - 1, (&value, &value)); } }
fn main() { grow(9, 1); }

// attack: computes without end while it is compiled
// time: 3
const fn turn() -> u64 { let mut sum = 0u64; loop { sum = sum.wrapping_mul(31).wrapping_add(1); if sum == 7 { return sum; } } }
const ALL: u64 = turn();
fn main() { println!("{}", ALL); }

// attack: computes as much as the compiler lets it, many times over, while it is compiled
// time: 3
const fn turn(from: u64) -> u64 {
    let mut sum = from;
    let mut index = 0;
    while index < 300000 { sum = sum.wrapping_mul(31).wrapping_add(index); index += 1; }
    sum
}
struct Many<const N: u64>;
impl<const N: u64> Many<N> { const VALUE: u64 = turn(N); }
fn main() { println!("{}", 0 «2000x^ Many::<№>::VALUE»); }

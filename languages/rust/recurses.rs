use std::io;

fn sum(n: u64) -> Option<u64> {
    if n == 0 {
        return Some(0);
    }
    sum(n - 1)?.checked_add(n)
}

fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    println!("{}", sum(line.trim().parse().unwrap()).unwrap());
}

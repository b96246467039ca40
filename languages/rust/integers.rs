use std::io::{self, BufRead};

fn main() {
    let mut lines = io::stdin().lock().lines();
    let n: usize = lines.next().unwrap().unwrap().trim().parse().unwrap();
    let mut sum: i64 = 0;
    for line in lines.take(n) {
        sum += line.unwrap().trim().parse::<i64>().unwrap();
    }
    println!("{sum}");
}

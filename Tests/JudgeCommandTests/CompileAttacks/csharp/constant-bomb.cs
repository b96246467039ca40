// attack: doubles a constant text while it is compiled
// time: 3
class Own {
    const string a = "0123456789abcdef";
    const string b = a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a;
    const string c = b + b + b + b + b + b + b + b + b + b + b + b + b + b + b + b;
    const string d = c + c + c + c + c + c + c + c + c + c + c + c + c + c + c + c;
    const string e = d + d + d + d + d + d + d + d + d + d + d + d + d + d + d + d;
    const string f = e + e + e + e + e + e + e + e + e + e + e + e + e + e + e + e;
    const string g = f + f + f + f + f + f + f + f + f + f + f + f + f + f + f + f;
    const string h = g + g + g + g + g + g + g + g + g + g + g + g + g + g + g + g;
    static void Main() { System.Console.WriteLine(h.Length); }
}

// attack: doubles a constant thirty-two times while it is compiled
// time: 5
public class Main {
    static final String s0 = "0123456789abcdef";
    static final String s1 = s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0 + s0;
    static final String s2 = s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1 + s1;
    static final String s3 = s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2 + s2;
    static final String s4 = s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3 + s3;
    static final String s5 = s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4 + s4;
    static final String s6 = s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5 + s5;
    static final String s7 = s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6 + s6;
    static final String s8 = s7 + s7 + s7 + s7 + s7 + s7 + s7 + s7 + s7 + s7;
    static final String s9 = s8 + s8 + s8 + s8 + s8 + s8 + s8 + s8 + s8 + s8;
    public static void main(String[] arguments) { System.out.println(s9.length()); }
}

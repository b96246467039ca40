public class Main {
    public static void main(String[] args) {
        System.out.println("Grüße, Ωμέγα, 你好, 🙂");
    }
}

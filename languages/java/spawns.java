public class Main {
    public static void main(String[] args) throws Exception {
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> Math.sqrt(2));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int status = new ProcessBuilder("/bin/true").start().waitFor();
        System.out.println(status == 0 ? "spawned" : "failed");
    }
}

package dev.moorage.benchmark;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpResponse;

/** Akka HTTP with nothing behind it, and the same answer to everything. */
final class BareServer {
    private BareServer() {}

    public static void main(String[] args) {
        var system = ActorSystem.create(Behaviors.empty(), "bare");
        var binding = Http.get(system)
                .newServerAt("127.0.0.1", 0)
                .bindSync(request -> HttpResponse.create().withEntity("hello"))
                .toCompletableFuture()
                .join();
        System.out.println("http://127.0.0.1:" + binding.localAddress().getPort());
    }
}

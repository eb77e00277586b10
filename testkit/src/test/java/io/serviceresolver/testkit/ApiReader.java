package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of the API server under test: the JDK's, as plain as can be. */
final class ApiReader {

    static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shield/endpointslices";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ApiServer server;

    ApiReader(ApiServer server) {
        this.server = server;
    }

    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return http.send(request(target, headers), BodyHandlers.ofString());
    }

    JsonNode json(String target) throws IOException, InterruptedException {
        return JSON.readTree(get(target).body());
    }

    Frames watch(String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request(SLICES + "?watch=true" + query), BodyHandlers.ofInputStream());
        return new Frames(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private HttpRequest request(String target, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.uri() + target)).timeout(Duration.ofSeconds(20));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    /** The frames of a watch. */
    record Frames(BufferedReader lines) {

        JsonNode next() throws IOException {
            String line = lines.readLine();
            return line == null ? JSON.nullNode() : JSON.readTree(line);
        }

        String brief() throws IOException {
            JsonNode frame = next();
            JsonNode object = frame.path("object");
            return frame.path("type").asText() + " "
                    + object.path("metadata")
                            .path("name")
                            .asText(object.path("code").asText());
        }
    }
}

package io.serviceresolver.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.InboundHttp2ToHttpAdapterBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;

/** Netty: HTTP/2 over TLS only, as it upgrades nothing by itself. */
final class NettyServer implements EchoServer {

    private static final int LONGEST = 65_536;

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel plain;
    private final Channel secure;

    NettyServer(Certificate certificate) throws Exception {
        SslContext ssl = SslContextBuilder.forServer(certificate.keys())
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "h2",
                        "http/1.1"))
                .build();
        plain = bind(NettyServer::http1);
        secure = bind(pipeline -> pipeline.addLast(
                ssl.newHandler(pipeline.channel().alloc()), new ApplicationProtocolNegotiationHandler("http/1.1") {
                    @Override
                    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
                        if (protocol.equals("h2")) {
                            http2(context.pipeline());
                        } else {
                            http1(context.pipeline());
                        }
                    }
                }));
    }

    private static void http1(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(LONGEST), new Echo("HTTP/1.1"));
    }

    private static void http2(ChannelPipeline pipeline) {
        DefaultHttp2Connection connection = new DefaultHttp2Connection(true);
        ChannelHandler codec = new HttpToHttp2ConnectionHandlerBuilder()
                .connection(connection)
                .frameListener(new InboundHttp2ToHttpAdapterBuilder(connection)
                        .maxContentLength(LONGEST)
                        .build())
                .build();
        pipeline.addLast(codec, new Echo("HTTP/2"));
    }

    private Channel bind(Pipeline filled) throws InterruptedException {
        return new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        filled.fill(channel.pipeline());
                    }
                })
                .bind(ADDRESS, 0)
                .sync()
                .channel();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) plain.localAddress()).getPort();
    }

    @Override
    public int tlsPort() {
        return ((InetSocketAddress) secure.localAddress()).getPort();
    }

    @Override
    public void close() {
        threads.shutdownGracefully();
    }

    /** Fills a pipeline. */
    @FunctionalInterface
    private interface Pipeline {
        void fill(ChannelPipeline pipeline);
    }

    private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final String protocol;

        private Echo(String protocol) {
            this.protocol = protocol;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            String host = request.headers().get(HttpHeaderNames.HOST);
            byte[] seen = EchoServer.seen(protocol, host, request.uri()).getBytes(UTF_8);
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(seen));
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, seen.length);
            String stream = request.headers().get(ExtensionHeaderNames.STREAM_ID.text());
            if (stream != null) {
                response.headers().set(ExtensionHeaderNames.STREAM_ID.text(), stream);
            }
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}

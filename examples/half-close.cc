// SPDX-License-Identifier: GPL-2.0-only

// A client says that it has no more to send and goes on reading: ShutdownSend() sends a FIN, but
// the connection lives until the server has sent its answer and closes as well.
//
// Look at: the client waits in FIN-WAIT-2 while the answer arrives, the server sends it from
// CLOSE-WAIT. Close() in place of ShutdownSend() (--close) has no reader any more: the answer is
// refused by a reset.

#include "example.h"

using namespace example;

int
main(int argc, char* argv[])
{
    std::string trace;
    bool close = false;
    uint32_t octets = 20000;
    CommandLine cmd(__FILE__);
    cmd.AddValue("close", "let the client close both directions", close);
    cmd.AddValue("octets", "size of the answer", octets);
    cmd.AddValue("trace", "write every reaction to this file, .csv", trace);
    cmd.Parse(argc, argv);

    TcpFsmTopology net = TcpFsmTopologyHelper().Pair();
    net.AssignStreams(1);
    Trace(trace);
    OnTransition(net.GetHosts(), Print);

    auto server = MakeSocket(net.GetHost(1), 80);
    server->Listen();
    OnAccept(server, [octets](Ptr<Socket> connection) {
        // The normal close callback tells of the end of what the client sends.
        connection->SetCloseCallbacks(Callback<void, Ptr<Socket>>([octets](Ptr<Socket> ended) {
                                          ended->Send(Create<Packet>(octets));
                                          ended->Close();
                                      }),
                                      MakeNullCallback<void, Ptr<Socket>>());
    });

    uint32_t received = 0;
    auto client = MakeSocket(net.GetHost(0));
    client->SetRecvCallback(Callback<void, Ptr<Socket>>(
        [&received](Ptr<Socket> socket) { received += ReadAll(socket); }));
    client->SetCloseCallbacks(
        Callback<void, Ptr<Socket>>([](Ptr<Socket> ended) { ended->Close(); }),
        MakeNullCallback<void, Ptr<Socket>>());
    client->SetConnectCallback(Callback<void, Ptr<Socket>>([close](Ptr<Socket> connected) {
                                   connected->Send(Create<Packet>(100)); // the question
                                   close ? connected->Close() : connected->ShutdownSend();
                               }),
                               MakeNullCallback<void, Ptr<Socket>>());
    At(net.GetHost(0), Time(0), [&] { client->Connect(net.GetSocketAddress(1, 80)); });

    Simulator::Run();
    std::cout << "The client received " << received << " of " << octets << " octets\n";
    Simulator::Destroy();
}

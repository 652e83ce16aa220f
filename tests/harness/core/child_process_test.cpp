#include "harness/core/child_process.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

ProcessEnd end_of(ChildProcess& child) {
  for (;;) {
    if (const auto end = child.ended()) return *end;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

ChildProcess shell(const std::string& script) { return ChildProcess({"/bin/sh", "-c", script}); }

TEST(ChildProcess, TalksThroughThreePipes) {
  ChildProcess child = shell("read word; echo \"$word to you\" >&3; echo out; echo err >&2");
  EXPECT_TRUE(child.send("hello\n"));
  EXPECT_EQ(end_of(child).exit_code, 0);
  std::string messages;
  std::string output;
  child.take_messages(messages);
  child.take_output(output);
  EXPECT_EQ(messages, "hello to you\n");
  EXPECT_EQ(output, "out\nerr\n");
  EXPECT_EQ(child.messages(), -1);
}

TEST(ChildProcess, TakesWhatIsThereWithoutWaiting) {
  ChildProcess child = shell("echo one >&3; read go; echo two >&3");
  pollfd pipe{child.messages(), POLLIN, 0};
  ASSERT_EQ(::poll(&pipe, 1, 10'000), 1);
  std::string messages;
  child.take_messages(messages);
  EXPECT_EQ(messages, "one\n");
  child.take_messages(messages);
  EXPECT_EQ(messages, "one\n");
  child.close_input();
  end_of(child);
  child.take_messages(messages);
  EXPECT_EQ(messages, "one\ntwo\n");
}

TEST(ChildProcess, SaysHowItEnded) {
  ChildProcess fails = shell("exit 7");
  EXPECT_EQ(in_words(end_of(fails)), "exit code 7");
  ChildProcess crashes = shell("kill -SEGV $$");
  const ProcessEnd end = end_of(crashes);
  EXPECT_EQ(end.exit_code, -1);
  EXPECT_EQ(in_words(end), "signal 11 (Segmentation fault)");
  EXPECT_EQ(in_words(*crashes.ended()), in_words(end));  // said again, though it was waited for
}

// This program blocks the signals that it waits for; a child must not inherit that.
TEST(ChildProcess, HearsSignals) {
  sigset_t term;
  sigset_t before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &term, &before);
  ChildProcess child = shell("exec sleep 60");
  child.send_signal(SIGTERM);
  EXPECT_EQ(end_of(child).signal, SIGTERM);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(ChildProcess, SendingToOneThatIsGoneSaysSo) {
  std::signal(SIGPIPE, SIG_IGN);
  ChildProcess child = shell("exit 0");
  end_of(child);
  EXPECT_FALSE(child.send("hello\n"));
}

TEST(ChildProcess, IsKilledWithItsObject) {
  pid_t id = 0;
  {
    ChildProcess child = shell("exec sleep 60");
    id = child.id();
  }
  EXPECT_FALSE(std::filesystem::exists("/proc/" + std::to_string(id)));
}

TEST(ChildProcess, AProgramThatIsNotThereIsSaid) {
  EXPECT_THROW(ChildProcess({"/no/such/program"}), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench

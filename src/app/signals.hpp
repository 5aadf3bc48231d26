// Ctrl-C and SIGTERM as a flag that loops ask. The one piece of state that the operating system forces to be global is
// kept behind these functions.
#pragma once

namespace syncline::app {

// From now on SIGINT, SIGTERM and SIGHUP only raise the flag; a second SIGINT ends the program at once. SIGPIPE is
// ignored.
void catch_signals();
bool stop_asked();
// Sleeps until a signal came, or `milliseconds` have passed.
void wait_for_signal(int milliseconds);

}  // namespace syncline::app

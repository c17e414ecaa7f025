// A clock of one second in a worker: browsers slow the timers of hidden windows down, not these.

setInterval(() => postMessage(null), 1000);

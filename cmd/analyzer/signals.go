package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// signals ends the analysis at the first Ctrl-C or SIGTERM, so that the report
// can be made of what was read, and the program at the second.
type signals struct {
	incoming chan os.Signal
	first    atomic.Value // os.Signal
}

// watchSignals returns a context that ends with the first signal.
func watchSignals() (context.Context, *signals) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &signals{incoming: make(chan os.Signal, 2)}
	signal.Notify(s.incoming, os.Interrupt, syscall.SIGTERM)
	go func() {
		for caught := range s.incoming {
			if !s.first.CompareAndSwap(nil, caught) {
				os.Exit(exitCodeOf(caught))
			}
			cancel()
		}
	}()
	return ctx, s
}

func (s *signals) stop() {
	signal.Stop(s.incoming)
	close(s.incoming)
}

func (s *signals) caught() bool { return s.first.Load() != nil }

func (s *signals) exitCode() int {
	caught, _ := s.first.Load().(os.Signal)
	return exitCodeOf(caught)
}

func exitCodeOf(s os.Signal) int {
	if s == syscall.SIGTERM {
		return exitTerminated
	}
	return exitInterrupted
}

//! Reports on small folders counted by hand.

//! Figures on small folders counted by hand.

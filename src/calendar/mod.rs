//! Arithmetic on dates: working days, bank holidays, meetings, cut-offs, deadlines, London time.

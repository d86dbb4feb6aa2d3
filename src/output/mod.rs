//! Printing: each format is one file that is handed findings or tables and works nothing out.

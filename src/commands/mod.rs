//! Commands: a file each, arguments in, desk, then a document or findings out.

//! No command uses the network: each runs in a process that the system ends at the first socket.

use super::support::project;

/// Words of the source by which a program reaches another machine.
const REACHES: [&str; 12] = [
    "std::net",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "UnixStream",
    "UnixDatagram",
    "ToSocketAddrs",
    "reqwest",
    "ureq",
    "hyper::",
    "tokio",
    "curl::",
];

#[test]
fn no_source_file_names_a_socket() {
    let mut found = Vec::new();
    let mut looked_at = 0;
    for entry in walkdir::WalkDir::new(project().join("src")) {
        let path = entry.expect("it can be walked").into_path();
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        looked_at += 1;
        let text = std::fs::read_to_string(&path).expect("it can be read");
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            if let Some(word) = REACHES.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(looked_at > 100, "the source was not found");
    assert!(found.is_empty(), "{found:#?}");
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
mod without_sockets {
    use crate::support::{copy_of, panel, stderr, stdout};
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    use std::collections::BTreeSet;
    use std::io::Write;
    use std::os::unix::process::ExitStatusExt;
    use std::path::Path;
    use std::process::{Command, Output, Stdio};

    /// The calls by which a process gets to a socket.
    const CALLS: [i64; 5] = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_io_uring_setup,
    ];

    /// What this thread starts from now on is ended by the system when it asks for a socket.
    fn forbid_sockets() {
        let calls = CALLS.iter().map(|call| (*call, Vec::new())).collect();
        let here = std::env::consts::ARCH
            .try_into()
            .expect("a known processor");
        let (otherwise, then) = (SeccompAction::Allow, SeccompAction::KillProcess);
        let filter = SeccompFilter::new(calls, otherwise, then, here).expect("a sound filter");
        let filter: BpfProgram = filter.try_into().expect("a sound filter");
        seccompiler::apply_filter(&filter).expect("the system lets a process give up a right");
    }

    /// Runs something in a thread that may start nothing with a socket.
    fn in_a_thread_without_sockets<R: Send>(work: impl FnOnce() -> R + Send) -> R {
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                forbid_sockets();
                work()
            });
            thread.join().expect("it ends by itself")
        })
    }

    fn was_ended(output: &Output) -> bool {
        output.status.signal() == Some(libc::SIGSYS)
    }

    /// Not a test by itself: what the next one starts to see that the filter holds.
    #[test]
    #[ignore = "it opens a socket, and is started by the test that sees it ended"]
    fn a_program_that_opens_a_socket() {
        let opened = std::net::UdpSocket::bind("127.0.0.1:0");
        assert!(opened.is_ok(), "{opened:?}");
    }

    #[test]
    fn a_program_that_opens_a_socket_is_ended() {
        let start = || {
            let this = std::env::current_exe().expect("the test knows where it lies");
            let name = "network::without_sockets::a_program_that_opens_a_socket";
            let mut command = Command::new(this);
            command
                .args(["--ignored", "--exact", name])
                .output()
                .expect("it starts")
        };
        let free = start();
        assert!(free.status.success(), "{}", stdout(&free));
        assert!(stdout(&free).contains("1 passed"), "{}", stdout(&free));
        let ended = in_a_thread_without_sockets(start);
        assert!(was_ended(&ended), "{:?}: {}", ended.status, stdout(&ended));
    }

    /// Every command, as it is typed in the example.
    fn commands() -> Vec<Vec<&'static str>> {
        let typed = [
            "check",
            "check --since HEAD",
            "agenda --date 2026-12-03 --pack --write",
            "decide R-2026-0121 --date 2026-12-03 --outcome decline",
            "minutes --date 2026-11-26 --write",
            "record R-2026-0105 --write",
            "letter R-2026-0105 --write",
            "chase",
            "diary --format ics",
            "calendar --format ics",
            "deadlines --date 2026-12-03",
            "done agenda-out --date 2026-12-03",
            "show R-2026-0105",
            "show --files R-2026-0105",
            "accept R-2026-0120 --rule late-submission --by M.Osei --role deputy-director --reason Away",
            "act R-2026-0105 --told-family",
            "withdraw R-2026-0121 --by C.Iyer --role service-manager",
            "spend --format csv",
            "attendance",
            "report",
            "rules",
            "explain late-submission",
            "councils",
            "council check bexley",
            "council compare bexley nelc",
            "replay --rules nelc",
            "verify",
            "schema referral",
            "completions bash",
            "man",
            "new R-2026-0999",
            "init office --council bexley",
            "lsp",
        ];
        typed.map(|line| line.split(' ').collect()).into()
    }

    fn run(folder: &Path, args: &[&str]) -> Output {
        let mut started = panel()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .current_dir(folder)
            .args(["--as-of", "2026-12-01T09:00"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        if let Some(mut input) = started.stdin.take().filter(|_| args == ["lsp"]) {
            let said = [
                r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#,
                r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#,
                r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#,
                r#"{"jsonrpc":"2.0","method":"exit"}"#,
            ];
            for said in said {
                let message = format!("Content-Length: {}\r\n\r\n{said}", said.len());
                input.write_all(message.as_bytes()).expect("it listens");
            }
        }
        started.wait_with_output().expect("it ends")
    }

    #[test]
    fn every_command_runs_where_a_socket_would_end_it() {
        let folder = copy_of("examples/bexley");
        let all = commands();
        let help = panel().arg("--help").output().expect("it runs");
        let help = stdout(&help);
        let known: BTreeSet<&str> = help
            .lines()
            .skip_while(|line| *line != "Commands:")
            .skip(1)
            .take_while(|line| !line.trim().is_empty())
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        let tried: BTreeSet<&str> = all.iter().map(|args| args[0]).collect();
        assert_eq!(tried, known, "every command is tried");
        in_a_thread_without_sockets(|| {
            for args in &all {
                let output = run(folder.path(), args);
                assert!(!was_ended(&output), "{args:?} asked for a socket");
                // Whatever it answers, it came to its own end.
                let told = stdout(&output) + &stderr(&output);
                assert!(
                    output.status.code().is_some_and(|code| code < 4),
                    "{args:?}: {told}"
                );
                assert!(
                    !told.is_empty() || args[0] == "withdraw",
                    "{args:?} said nothing"
                );
            }
        });
    }
}

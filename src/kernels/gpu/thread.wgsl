// Stands before every program.

// Where a thread is: groups lie in rows, since one row holds too few.
struct Thread {
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) index: u32,
}

// The number of a thread among all, where groups have so many.
fn number_of(thread: Thread, group_size: u32) -> u32 {
    return (thread.group.y * thread.groups.x + thread.group.x) * group_size + thread.index;
}


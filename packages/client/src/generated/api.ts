// Generated from the OpenAPI document by `npm run docs`. Do not edit.

export interface paths {
    "/actuator/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a backup as in Optimize 3.9
         * @description Responds once the backup is recorded; its snapshots are taken afterwards. A repeated request is refused with 409.
         */
        post: operations["triggerBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/backup/{backupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state of a backup as in Optimize 3.9
         * @description Of the newest incarnation of the id that is not deleted. The state is read from the engine, as Optimize does.
         */
        get: operations["readBackupState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List backups as in Optimize 3.10 and later
         * @description Every backup whose id is a whole number, newest first. One that is being deleted is left out. Beyond 10,000 the oldest are left out, and `Link` leads to the paged list of all.
         */
        get: operations["listNumberedBackups"];
        put?: never;
        /**
         * Request a backup as in Optimize 3.10 and later
         * @description Responds once the backup is recorded; its snapshots are taken afterwards. A repeated request is refused with 409.
         */
        post: operations["triggerNumberedBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/backups/{backupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a backup as in Optimize 3.10 and later
         * @description Of the newest incarnation of the id that is not deleted, and not being deleted. State and snapshots are read from the engine.
         */
        get: operations["readNumberedBackup"];
        put?: never;
        post?: never;
        /**
         * Delete a backup as in Optimize 3.10 and later
         * @description Responds once the deletion is recorded; it is carried through to its end, and the history is kept. Ends an open create of the backup. 204 also for an id that no backup has. A set that Tandem did not make is deleted if it is certain that the Optimize of this installation made it.
         */
        delete: operations["deleteNumberedBackup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all matching events as a file
         * @description Rows are in the order of their ids. An export waits for transactions that are open when it begins: no row with an id below `Export-Up-To` appears later. An export that fails midway aborts the connection. The last line of NDJSON is `{"end":{"count":…,"sha256":"…"}}`: the number of lines before it, and the SHA-256 of their bytes, including line feeds. NDJSON without that line is incomplete. CSV is refused over HTTP/1.0, which cannot distinguish a complete file from a truncated one. `after` continues an earlier export.
         */
        get: operations["exportEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all matching backups as a file
         * @description Rows are in the order of their ids. An export waits for transactions that are open when it begins: no row with an id below `Export-Up-To` appears later. An export that fails midway aborts the connection. The last line of NDJSON is `{"end":{"count":…,"sha256":"…"}}`: the number of lines before it, and the SHA-256 of their bytes, including line feeds. NDJSON without that line is incomplete. CSV is refused over HTTP/1.0, which cannot distinguish a complete file from a truncated one. A backup is exported in its state when its page is read. Without `format` this path is that of a backup with the id "export".
         */
        get: operations["exportBackups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the installation is protected
         * @description The first thing to read at night: the last completed and the last proven backup, what runs, and every open problem with what to do about it. The last completed backup is looked up in the engine. While PostgreSQL does not respond the status is `unknown`.
         */
        get: operations["readStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the number of backups per day, week or month, and their durations
         * @description Counts the backups that were requested in each period, in UTC; weeks begin on Monday. Without `from` the range begins at the first backup, or at the first of the last 400 periods. `recovery` contains the last COMPLETED backup and the durations of the last restore and rehearsal.
         */
        get: operations["summarizeHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the number of backups per day and state
         * @description Counts the backups that were requested on each day of the time zone. At most 400 days.
         */
        get: operations["readCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the history of backups
         * @description Returns backups that match all given filters. Filters that need a range of the time that is sorted by search 90 days unless both ends or `backupId` are given; then `range` is the searched range, and `historyFrom` the time at which the history begins.
         */
        get: operations["searchBackups"];
        put?: never;
        /**
         * Request a backup
         * @description Without a `backupId` one is generated that sorts by time. With an `Idempotency-Key` the same request may be sent again and gets the same response.
         */
        post: operations["requestBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a backup
         * @description The newest incarnation of the id that is not deleted, otherwise the newest deleted one. With `wait` the response is sent once the backup is no longer IN_PROGRESS, or after that time; then with `Retry-After`.
         */
        get: operations["readBackup"];
        put?: never;
        post?: never;
        /**
         * Delete a backup
         * @description Deletes its snapshots and keeps its history. Ends an open create of the backup. Requires a reason, and `confirm` with the id if the backup is the newest COMPLETED one of its installation or the newest with a full proof.
         */
        delete: operations["deleteBackup"];
        options?: never;
        head?: never;
        /**
         * Label, note, hold or release a backup
         * @description Omitted fields stay as they are. A held backup cannot be deleted until the hold expires, by the clock of the database, or is released. Applies to the newest incarnation that is not deleted, otherwise to the newest deleted one, which cannot be held.
         */
        patch: operations["annotateBackup"];
        trace?: never;
    };
    "/api/v1/backups/{backupId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a backup, oldest first
         * @description Events of all incarnations of the id. With `stream` they are sent as server-sent events until the client disconnects; `Last-Event-ID` resumes after that event.
         */
        get: operations["listBackupEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/compatibility": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the engines that can restore a backup
         * @description From the recorded versions of its snapshots and of the indices in them: which of the supported engines can restore the backup, each part and the indices that each version created, and what decides. The engine may be unreachable.
         */
        get: operations["readBackupCompatibility"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/upgrade-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check what a change of the engine would make unusable
         * @description For an upgrade, a downgrade or a change to the other kind of engine: the COMPLETED backups that the engine could not restore, and the indices of the running engine that it could not read. Changes nothing. If the running engine does not respond, the indices are not known, and the backups are answered.
         */
        get: operations["checkUpgrade"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the events, newest first
         * @description `actor`, `kind` and `requestId` without `backupId` search 90 days unless `from` and `to` are given; then `range` is the searched range, and `historyFrom` the time at which the history begins.
         */
        get: operations["searchEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the backup of a snapshot by its name
         * @description Finds it in the history, also once the backup is deleted; the engine is not queried.
         */
        get: operations["findSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Identity of the history, and whether its database was rolled back
         * @description Compares the history with its marks in Redis and in the metadata of snapshots. If PostgreSQL was rolled back to an earlier state, `rollback` contains the maximum loss and what was suspended.
         */
        get: operations["readHistoryStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/acknowledge-rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge that the database was rolled back
         * @description A new epoch begins; marks of the earlier one no longer count. Suspended operations stay suspended until they are released or cancelled.
         */
        post: operations["acknowledgeRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the open reconciliation, or the last one that ended
         * @description With `wait` the response waits until it has ended.
         */
        get: operations["readLatestReconciliation"];
        put?: never;
        /**
         * Reconcile the history with the repositories
         * @description A worker compares the history with the snapshots in the repositories. If a reconciliation is already queued or running, it is returned. With `wait` the response is sent when it has ended.
         */
        post: operations["requestReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/reconcile/{reconciliationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a reconciliation
         * @description With `wait` the response waits until it has ended.
         */
        get: operations["readReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List snapshot repositories
         * @description Those that the engine knows, and those in which the history recorded backups. While the engine does not respond, `engineFailure` says why, and what only it knows is null.
         */
        get: operations["listRepositories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Register a snapshot repository
         * @description Registers it in the engine, or replaces all of its settings. Deletes and moves nothing. With the settings that it has, nothing is sent. One that would lead to another location than that of recorded backups needs `confirm`. The answer says whether every node can use it, and is 200 where one cannot: the engine has registered it.
         */
        put: operations["putRepository"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a snapshot repository
         * @description Every node writes a small file into it and reads it back. The result is recorded; that a node cannot use it is a result, with status 200. A repository that is read-only is not written into.
         */
        post: operations["verifyRepository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept that a repository is not the recorded one
         * @description For a repository in which a reconciliation found none of the recorded snapshots, so that backups are refused. Backups are accepted again, and a reconciliation is requested that records which snapshots are lost. If the old location is registered again instead, the next reconciliation ends the refusal.
         */
        post: operations["acceptRepository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the seals of the history, oldest first
         * @description Store them outside Tandem: `npm run audit:verify -- --checkpoint FILE` then detects that seals were removed or re-created. Each seal covers its events and the seal before it.
         */
        get: operations["listSeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/proof/{backupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove the history of a backup: its events, their seals, and whether the backup matches them
         * @description Each event includes its Merkle inclusion proof: the hashes that lead from its leaf to the root of its seal (RFC 6962). Use `npm run audit:verify` to check that the seals form one chain.
         */
        get: operations["proveBackup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List operations, newest first
         * @description All filters that are given must fit. Open operations show why their last attempt failed and when the next one is due.
         */
        get: operations["listOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry many failed operations
         * @description Without a `token` nothing changes and a preview is returned. With the token of the preview and the same filter, exactly the previewed operations are retried. Restores are never included, and deletions only if `filter.kind` names them; the preview lists the snapshots that each deletion would delete.
         */
        post: operations["retryOperations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release many suspended operations
         * @description Restores are never included, and deletions only if `filter.kind` names them. Without a `token` nothing changes and a preview is returned. With the token of the preview and the same filter, exactly the previewed operations are released.
         */
        post: operations["releaseOperations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an operation with its attempts
         * @description `waiting` says what an open operation waits for; `lastError` why its last attempt failed, and what to do about it.
         */
        get: operations["readOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{operationId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry a failed operation
         * @description A restore that deletes indices is not retried: create a new plan for it.
         */
        post: operations["retryOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{operationId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a suspended operation
         * @description The operation continues. A suspended restore or rehearsal cannot be released: cancel it, which leaves the engine as it is, and create a new plan.
         */
        post: operations["releaseOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{operationId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an open operation
         * @description A restore or rehearsal rolls back what it did before it ends. A SUSPENDED operation ends at once and the engine is left as it is, except that `deleteSnapshots` deletes the snapshots of a create; `failure` of a restore then reports which indices exist under its target names, and from which snapshots.
         */
        post: operations["cancelOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/restores/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan a restore
         * @description Returns what a restore would do, and its blockers, and changes nothing. A restore is requested with the `planHash`. The plan is stored for 7 days. Each list shows its first 100 entries; `truncated` names the longer ones, which are read page by page. `acceptDiskShort` turns the blocker `DISK_SHORT` into a warning; if every data node is above its low disk watermark, `DISK_FULL` stays. `acceptFailedRehearsal` does the same for `REHEARSAL_FAILED`. Verifies the repository: every node writes a small file into it.
         */
        post: operations["planRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/restores/plans/{planHash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a stored plan, or a page of one of its lists
         * @description The plan as it was made, whatever has changed since. Without `list`: what `POST /api/v1/restores/plan` returned. Plans of restores that were accepted are stored for good, plans of rehearsals never.
         */
        get: operations["readPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/restores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List restores and rehearsals, newest first
         * @description All filters that are given must fit.
         */
        get: operations["listRestores"];
        put?: never;
        /**
         * Start a planned restore
         * @description Runs exactly the plan with that hash, or nothing. `deleteExisting` requires the id in `confirm`, and a safety backup is taken first.
         */
        post: operations["requestRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/restores/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a restore or rehearsal with its progress
         * @description While it runs, `progress` shows what is restored; once the contents are compared, `report` shows the result.
         */
        get: operations["readRestore"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/restores/{operationId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a restore or rehearsal
         * @description It rolls back its changes if it was requested with `rollback`.
         */
        post: operations["cancelRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/rehearse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove that a backup can be restored
         * @description Restores the backup under other names, compares it and deletes the copies. `indices`: all, some by name, or the number of the largest.
         */
        post: operations["rehearseBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/runbook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get instructions for restoring a backup without Tandem
         * @description The calls to the engine that restore the backup by hand, for when Tandem or its database is lost. Fetch it while all is well.
         */
        get: operations["readRunbook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Without their secrets, which are stored nowhere. With `ended=true` also those that are not accepted any more.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description The response is the only place where the key is ever shown. It takes no idempotency key, since a stored response would contain the secret; sent again, it is refused because the name is taken.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate an API key
         * @description Creates a key with the same name and role that lives as long as the old one was created for. Both are accepted for the `overlap`; then the old one expires. The response is the only place where the new key is ever shown.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Its requests are refused, and event streams that it opened are closed, within 10 s on every replica. The last admin key cannot be revoked here: one that lives for another day, or as long as the revoked one would, has to remain. A key that is revoked already is returned as it is.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/caller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who the caller is
         * @description The identity and the role that the credentials of this request have. Without authentication everyone is `admin`.
         */
        get: operations["readCaller"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the last run of the doctor
         * @description With `wait` the response waits until it has ended. Runs of `npm run doctor` are not recorded.
         */
        get: operations["readLatestDoctorRun"];
        put?: never;
        /**
         * Check everything that Tandem depends on
         * @description The checks of `npm run doctor`, by the process that serves the request. If a run is open, in whatever process, it is returned. With `wait` the response is sent when it has ended, at most 70 s later. docs/doctor.md explains every check.
         */
        post: operations["requestDoctor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/doctor/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a run of the doctor
         * @description With `wait` the response waits until it has ended. The last 20 are kept.
         */
        get: operations["readDoctorRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Readiness in the format of Spring Boot
         * @description The same as `/actuator/health/readiness`, for monitoring that reads the health of Spring Boot applications.
         */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/health/liveness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Liveness: whether the process responds
         * @description Depends on nothing else: a failing database does not make it fail. For the liveness probe of Kubernetes.
         */
        get: operations["readLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/health/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Readiness: whether the services that Tandem depends on respond
         * @description DOWN without PostgreSQL; DEGRADED without one of the others, or after a rollback of the database that is not acknowledged: the history can still be read. OUT_OF_SERVICE: the process drains before it stops (`DRAIN_TIME`).
         */
        get: operations["readReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/prometheus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description Metrics of this process, and those of the history, which every process reports alike.
         */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ui/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange an API key for a session
         * @description Sets the cookie `tandem_session`, encrypted and not readable by scripts. It ends with the key, at the latest after 12 hours.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ui/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Removes the cookie of the session.
         */
        post: operations["endSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API in OpenAPI 3.1
         * @description Describes the routes of this process. Its URLs are relative to where it was fetched, unless `PUBLIC_URL` is set.
         */
        get: operations["readOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Interactive documentation
         * @description The page loads nothing from other servers.
         */
        get: operations["readDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of the documentation page
         * @description The scripts and styles that the page loads.
         */
        get: operations["readDocsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A backup that was recorded and will be made. */
        ScheduledBackup: {
            /** @description The names of its snapshots, part 1 first. */
            scheduledSnapshots: string[];
        };
        /** @description Why a request below /actuator failed, as Optimize reports it. */
        ErrorBody: {
            /**
             * @description The kind of error, as Optimize names it.
             * @enum {string}
             */
            errorCode: "badRequestError" | "notFoundError" | "conflict" | "serverError" | "elasticsearchConnectionError" | "unauthorized" | "forbidden" | "tooManyRequests";
            /**
             * @description What happened, in a few words.
             * @example No Optimize backup exists with id [nightly-2026-11-22].
             */
            errorMessage: string;
            /**
             * @description What happened, in sentences.
             * @example No Optimize backup exists with id [nightly-2026-11-22].
             */
            detailedMessage: string;
        };
        /** @description The state of a backup, as Optimize reports it. */
        BackupStateAnswer: {
            /**
             * @description The state of the backup.
             * @enum {string}
             */
            State: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
            /**
             * @description The same.
             * @enum {string}
             */
            state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
        };
        /** @description A backup that was recorded and will be made. */
        ScheduledNumberedBackup: {
            /**
             * @description That it was recorded, and how to follow it.
             * @example Backup creation for ID 123456 has been scheduled. Use the GET API to monitor completion of backup process
             */
            message: string;
        };
        /** @description A backup, as Optimize 3.10 and later reports it. */
        BackupInfo: {
            /**
             * @description The id of the backup.
             * @example 123456
             */
            backupId: number;
            /**
             * @description Why it is FAILED; null in every other state.
             * @example null
             */
            failureReason: string | null;
            /**
             * @description The state of the backup.
             * @enum {string}
             */
            state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
            /** @description Its snapshots that the engine has, part 1 first. */
            details: components["schemas"]["SnapshotInfo"][];
        };
        /** @description A snapshot of a backup. */
        SnapshotInfo: {
            /**
             * @description The name of the snapshot in the repository.
             * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
             */
            snapshotName: string;
            /**
             * @description Its state, as the engine reports it.
             * @enum {string}
             */
            state: "SUCCESS" | "IN_PROGRESS" | "PARTIAL" | "FAILED" | "INCOMPATIBLE";
            /**
             * @description When the engine started it. Null: the engine does not say.
             * @example 2024-11-09T10:11:36.978+0000
             */
            startTime: string | null;
            /** @description Index, shard and reason of each failed shard. */
            failures: string[];
        };
        /** @description Any JSON value. */
        Json: unknown;
        /** @description The last line of an export as NDJSON. */
        ExportEnd: {
            /** @description What the lines before it are. */
            end: {
                /**
                 * @description How many lines are before it.
                 * @example 412
                 */
                count: number;
                /**
                 * @description SHA-256 of the bytes of those lines, each with its line feed, in hexadecimal.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                sha256: string;
            };
        };
        /** @description A backup as it was when its page was read. */
        ExportedBackup: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The state as last seen, at `stateSeenAt`.
             * @enum {string}
             */
            state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
            /**
             * Format: date-time
             * @description When the state was last seen.
             * @example 2026-11-22T01:04:12.000Z
             */
            stateSeenAt: string;
            /**
             * @description `requested` by a caller, or `discovered`: found in the repository and not made by Tandem. `scheduled` is reserved: no backup has it yet.
             * @enum {string}
             */
            origin: "requested" | "scheduled" | "discovered";
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description The uuid of the engine's cluster.
             * @example wYb1pBq3T0uB9Z3pQd0vXg
             */
            clusterUuid: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The uuid that the engine gave the repository. Null: none, since the repository was empty.
             * @example Qm2Yp8b7R3a5K1c9S4d6Tg
             */
            repositoryUuid: string | null;
            /**
             * Format: date-time
             * @description When it was requested; of a discovered one, when its first snapshot started.
             * @example 2026-11-22T01:00:00.000Z
             */
            requestedAt: string;
            /**
             * @description The bytes that the indices of all its parts held. Null: a part was not measured.
             * @example 812344120
             */
            bytes: number | null;
            /**
             * Format: date-time
             * @description When its snapshots were deleted. Null: they were not.
             * @example 2026-11-22T01:04:12.000Z
             */
            deletedAt: string | null;
            /** @description Why it FAILED. Null: it did not. */
            failure: components["schemas"]["Reason"] | null;
            /**
             * @description The id of the restore that took it before it deleted anything. Null: it is no safety backup.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            safetyOf: string | null;
            /** @description Whether `optimizeVersion` is that of the restored backup, since the engine reported none. */
            versionAssumed: boolean;
            /** @description Whether every node was seen to use the repository, before part 1, after each part and at the end. False: `repositoryUnverified` says why. Null: the create did not get that far, or was not made by this version of Tandem. */
            repositoryVerified: boolean | null;
            /**
             * @description Its labels, by key.
             * @example {
             *       "env": "production"
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /**
             * @description A note for people. Null: none.
             * @example before the migration to 3.10
             */
            note: string | null;
            /**
             * @description From the request to the end, in milliseconds. Null: it is not finished.
             * @example 252000
             */
            durationMs: number | null;
            /**
             * Format: date-time
             * @description When a rehearsal last proved all of it restorable. Null: none has.
             * @example 2026-11-22T01:04:12.000Z
             */
            lastProvenAt: string | null;
            /** @description Its snapshots, part 1 first. */
            parts: {
                /**
                 * @description Which part of the backup it is, from 1.
                 * @example 1
                 */
                number: number;
                /**
                 * @description How many parts the backup has.
                 * @example 2
                 */
                of: number;
                /**
                 * @description The name of the snapshot in the repository.
                 * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
                 */
                snapshotName: string;
                /**
                 * @description The state of the part, as in a single backup.
                 * @enum {string}
                 */
                state: "PLANNED" | "EMPTY" | "STARTING" | "IN_PROGRESS" | "SUCCESS" | "PARTIAL" | "FAILED" | "INCOMPATIBLE" | "VANISHED" | "DELETING";
                /**
                 * @description The uuid of the snapshot. Null: the engine has not reported it yet.
                 * @example k3JpY0mZQ4a8S7d1Lr5uXw
                 */
                uuid: string | null;
                /**
                 * @description The bytes that its indices held in primary shards. Null: not measured.
                 * @example 812344120
                 */
                bytes: number | null;
            }[];
            /**
             * @description Which component was backed up. Only `optimize` exists today.
             * @example optimize
             */
            profile: string;
            /** @description Who requested it. */
            requestedBy: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When it was COMPLETED or FAILED. Null: not yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            finishedAt: string | null;
            /** @description The hold that is in force. Null: none is. */
            hold: {
                /**
                 * @description Why the backup is held.
                 * @example audit of 2026
                 */
                reason: string;
                /**
                 * Format: date-time
                 * @description Until when. Null: until it is released.
                 * @example 2027-01-31T00:00:00.000Z
                 */
                until: string | null;
                /**
                 * Format: date-time
                 * @description Since when.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                at: string;
                /**
                 * @description The `X-Request-Id` of the request that caused it. Null: no request did.
                 * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
                 */
                requestId: string | null;
                /** @description Who holds it. */
                by: components["schemas"]["Actor"];
            } | null;
            /**
             * @description One per incarnation of an id, decimal digits; the order of the lines.
             * @example 7
             */
            key: string;
        };
        /** @description Why something failed or was refused. */
        Reason: {
            /**
             * @description The failure code.
             * @example REPOSITORY_FULL
             */
            code: string;
            /**
             * @description What happened, in one sentence.
             * @example Repository nightly takes 0 more snapshots, and this backup needs 2.
             */
            message: string;
            /** @description What the code is about, by name; the fields depend on the code. */
            data: {
                [key: string]: unknown;
            };
        };
        /** @description Who did it. Never taken from a header. */
        Actor: {
            /**
             * @description `anonymous`, with `address`: the caller from that IP address. `api-key`, `oidc`, `certificate`, with `id`, `name`, `address`: an authenticated caller; `id` is the id of the key, the subject of the token (with `issuer`) or the subject of the certificate. `system`, with `name`: a process of Tandem.
             * @example anonymous
             */
            kind: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Whether the installation is protected, and what is open. */
        Status: {
            /**
             * @description safe: a backup is complete and was proven restorable, and nothing waits for an operator. at-risk: there is a complete backup, and something needs attention. unknown: what would decide it cannot be read now. not-protected: there is no complete backup.
             * @enum {string}
             */
            status: "safe" | "at-risk" | "unknown" | "not-protected";
            /**
             * Format: date-time
             * @description When it was checked.
             * @example 2026-11-22T01:04:12.000Z
             */
            checkedAt: string;
            /** @description What it follows from, the worst first. Empty: safe. */
            concerns: components["schemas"]["StatusConcern"][];
            /** @description Null: the history could not be read. */
            backups: {
                /** @description The last backup that is COMPLETED and not deleted. Null: there is none. */
                lastCompleted: {
                    /**
                     * @description The id of the backup.
                     * @example nightly-2026-11-22
                     */
                    backupId: string;
                    /**
                     * @description The version of Optimize that wrote the data in the backup.
                     * @example 3.9.0
                     */
                    optimizeVersion: string;
                    /**
                     * Format: date-time
                     * @description When it finished.
                     * @example 2026-11-22T01:04:12.000Z
                     */
                    endedAt: string;
                    /**
                     * @description How long ago that is, in milliseconds.
                     * @example 252000
                     */
                    ageMs: number;
                    /** @description Whether its snapshots were found complete in the engine for this response. */
                    verified: boolean;
                } | null;
                /** @description Of the backups with a full proof, the one requested last. Null: there is none. */
                lastProven: {
                    /**
                     * @description The id of the backup.
                     * @example nightly-2026-11-22
                     */
                    backupId: string;
                    /**
                     * Format: date-time
                     * @description When a rehearsal restored and compared all of it.
                     * @example 2026-11-22T01:04:12.000Z
                     */
                    provenAt: string;
                    /**
                     * @description How long ago that is, in milliseconds.
                     * @example 252000
                     */
                    ageMs: number;
                } | null;
            } | null;
            /** @description Null: the history could not be read. */
            operations: {
                /** @description What is queued, running, waiting or suspended, newest first. */
                open: components["schemas"]["Operation"][];
                /**
                 * @description Whether more than 20 are open.
                 * @example false
                 */
                more: boolean;
                /** @description The last 5 that FAILED within 24 hours, newest first. */
                failed: components["schemas"]["Operation"][];
            } | null;
        };
        /** @description Why the installation is not simply safe. */
        StatusConcern: {
            /**
             * @description What it is.
             * @enum {string}
             */
            code: "no-completed-backup" | "history-unreachable" | "engine-unreachable" | "repository-unreadable" | "backup-unverified" | "backup-lost" | "backup-failed" | "backup-old" | "never-proven" | "proof-old" | "parts-drifted" | "history-rolled-back" | "engine-warning" | "repository-warning" | "queue-warning" | "worker-missing" | "operations-suspended" | "operation-waits" | "restore-failed";
            /**
             * @description The best status that it allows.
             * @enum {string}
             */
            leadsTo: "at-risk" | "unknown" | "not-protected";
            /**
             * @description What was found and what to do, in sentences.
             * @example No backup was proven restorable. Rehearse one: POST /api/v1/backups/nightly-2026-11-22/rehearse.
             */
            message: string;
            /**
             * @description The backup that it is about. Null: about none.
             * @example nightly-2026-11-22
             */
            backupId: string | null;
            /**
             * @description The operation that it is about. Null: about none.
             * @example null
             */
            operationId: string | null;
        };
        /** @description Work on a backup: a create, a deletion, a restore or a rehearsal. */
        Operation: {
            /**
             * @description The id of the operation, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description What it does.
             * @enum {string}
             */
            kind: "create" | "delete" | "restore" | "rehearse";
            /**
             * @description QUEUED, RUNNING and WAITING: workers carry it out. SUSPENDED: nothing is done until it is released. The others are ends.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "WAITING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-11-22T01:04:12.000Z
             */
            requestedAt: string;
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
            /** @description Who requested it. */
            actor: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When a worker works on it next, at the earliest. Null: it has ended or is suspended.
             * @example 2026-11-22T01:04:12.000Z
             */
            nextTickAt: string | null;
            /**
             * Format: date-time
             * @description When it ended. Null: it is open.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /**
             * @description How many attempts there were.
             * @example 3
             */
            attemptCount: number;
            /** @description Of the last attempt. `transient`: retried with backoff. `terminal`: not retried. `operator`: an operator must act; retried slowly. Null: it did not fail. */
            failureClass: ("transient" | "terminal" | "operator") | null;
            /** @description Why it FAILED. Null: it did not. */
            failure: components["schemas"]["Reason"] | null;
            /** @description Why the last attempt failed. Null: it did not fail, the operation progressed or was retried since, or it has ended; then see `failure`. */
            lastError: components["schemas"]["LastError"] | null;
            /**
             * Format: date-time
             * @description When what failed is tried again; in the past while that attempt is running. Null: `lastError` is null, or the operation is SUSPENDED.
             * @example 2026-11-22T01:05:04.000Z
             */
            nextAttemptAt: string | null;
            /** @description Since when and why it is SUSPENDED. Null: it is not. */
            suspension: components["schemas"]["Suspension"] | null;
        };
        /** @description Why the last attempt of an open operation failed. */
        LastError: {
            /**
             * @description The failure code.
             * @example REPOSITORY_FULL
             */
            code: string;
            /**
             * @description What happened, in one sentence.
             * @example Repository nightly takes 0 more snapshots, and this backup needs 2.
             */
            message: string;
            /**
             * @description What to do about it.
             * @example Delete backups, or raise max_number_of_snapshots of the repository. Tandem retries by itself.
             */
            remedy: string;
            /**
             * Format: date-time
             * @description When that attempt ended.
             * @example 2026-11-22T01:00:04.000Z
             */
            at: string;
        };
        /** @description Why and since when an operation is SUSPENDED. */
        Suspension: {
            /**
             * @description The failure code.
             * @example REPOSITORY_FULL
             */
            code: string;
            /**
             * @description What happened, in one sentence.
             * @example Repository nightly takes 0 more snapshots, and this backup needs 2.
             */
            message: string;
            /** @description What the code is about, by name; the fields depend on the code. */
            data: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description Since when the operation is suspended.
             * @example 2026-11-22T01:04:12.000Z
             */
            at: string;
        };
        /** @description Figures of the history by day, week or month. */
        HistorySummary: {
            /**
             * @description How long a period is; weeks begin on Monday, in UTC.
             * @enum {string}
             */
            by: "day" | "week" | "month";
            /**
             * Format: date-time
             * @description Begin of the range.
             * @example 2026-11-01T00:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the range.
             * @example 2026-11-22T01:04:12.000Z
             */
            to: string;
            /**
             * @description Whether `from` was not given: it is then the period of the first backup, or the first of the last 400.
             * @example true
             */
            defaulted: boolean;
            /**
             * Format: date-time
             * @description When the first backup was requested. Null: there is none.
             * @example 2024-02-01T10:00:00.000Z
             */
            historyFrom: string | null;
            /** @description Every period of the range, the empty ones too. */
            periods: components["schemas"]["PeriodFigures"][];
            /** @description Over the complete history. */
            recovery: components["schemas"]["Recovery"];
            /** @description The versions of Optimize that have a backup, restore or rehearsal in the range. */
            versions: {
                /**
                 * @description The version of Optimize that wrote the data in the backup.
                 * @example 3.9.0
                 */
                optimizeVersion: string;
                /** @description Every period of the range, the empty ones too. */
                periods: components["schemas"]["PeriodFigures"][];
                /** @description Over the range only. */
                recovery: components["schemas"]["Recovery"];
            }[];
        };
        /** @description Figures of the backups that were requested in a period. */
        PeriodFigures: {
            /**
             * Format: date-time
             * @description When the period begins, in UTC.
             * @example 2026-11-22T00:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description When the period ends, exclusive, in UTC.
             * @example 2026-11-23T00:00:00.000Z
             */
            to: string;
            /**
             * @description How many backups were requested in it, without the cancelled.
             * @example 3
             */
            taken: number;
            /**
             * @description How many of them were cancelled before they were COMPLETED.
             * @example 0
             */
            cancelled: number;
            /**
             * @description How many of those taken are FAILED now.
             * @example 0
             */
            failed: number;
            /**
             * @description How many of those taken are deleted now.
             * @example 0
             */
            deleted: number;
            /** @description From the request to the end, in milliseconds, of those that are COMPLETED. Null: none is. */
            durationMs: {
                /**
                 * @description The median.
                 * @example 252000
                 */
                p50: number;
                /**
                 * @description The 95th percentile.
                 * @example 252000
                 */
                p95: number;
            } | null;
            /** @description Bytes of those that are COMPLETED and were measured. Null: none was. */
            bytes: {
                /**
                 * @description The median.
                 * @example 812344120
                 */
                p50: number;
                /**
                 * @description The 95th percentile.
                 * @example 812344120
                 */
                p95: number;
            } | null;
        };
        /** @description A restore or rehearsal that succeeded. */
        PastRestore: {
            /**
             * @description The id of the restore or rehearsal, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string;
            /**
             * @description From the request to the end, in milliseconds.
             * @example 252000
             */
            durationMs: number;
        };
        /** @description What would be lost (RPO), and how long it would take to have it back (RTO), as the history knows it. */
        Recovery: {
            /** @description The last backup that is COMPLETED and not deleted. Null: there is none. */
            lastCompleted: {
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * Format: date-time
                 * @description When it finished.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                endedAt: string;
                /**
                 * @description How long ago that is, in milliseconds.
                 * @example 252000
                 */
                ageMs: number;
            } | null;
            /** @description The last restore that succeeded. Null: there is none. */
            lastRestore: components["schemas"]["PastRestore"] | null;
            /** @description The last rehearsal that succeeded. Null: there is none. */
            lastRehearsal: components["schemas"]["PastRestore"] | null;
        };
        /** @description Backups by day and state. */
        BackupCalendar: {
            /**
             * @description As in the request.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * Format: date
             * @description The first day.
             * @example 2026-11-01
             */
            from: string;
            /**
             * Format: date
             * @description The last day, included.
             * @example 2026-11-30
             */
            to: string;
            /** @description Each day of the range, by when its backups were requested. Safety backups do not count. */
            days: {
                /**
                 * Format: date
                 * @description The day in the time zone.
                 * @example 2026-11-22
                 */
                date: string;
                /** @description How many of its backups that are not deleted have which state, as last seen. */
                states: {
                    /**
                     * @description How many are COMPLETED.
                     * @example 1
                     */
                    COMPLETED: number;
                    /**
                     * @description How many are FAILED.
                     * @example 1
                     */
                    FAILED: number;
                    /**
                     * @description How many are INCOMPATIBLE.
                     * @example 1
                     */
                    INCOMPATIBLE: number;
                    /**
                     * @description How many are IN_PROGRESS.
                     * @example 1
                     */
                    IN_PROGRESS: number;
                    /**
                     * @description How many are INCOMPLETE.
                     * @example 1
                     */
                    INCOMPLETE: number;
                };
                /**
                 * @description How many of its backups have been deleted since.
                 * @example 0
                 */
                deleted: number;
            }[];
        };
        /** @description A backup that was recorded and will be made. */
        AcceptedBackup: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The id of the create, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description The state of the create.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "WAITING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
        };
        /** @description A backup as the history last saw it. */
        BackupSummary: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The state as last seen, at `stateSeenAt`.
             * @enum {string}
             */
            state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
            /**
             * Format: date-time
             * @description When the state was last seen.
             * @example 2026-11-22T01:04:12.000Z
             */
            stateSeenAt: string;
            /**
             * @description `requested` by a caller, or `discovered`: found in the repository and not made by Tandem. `scheduled` is reserved: no backup has it yet.
             * @enum {string}
             */
            origin: "requested" | "scheduled" | "discovered";
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description Which component was backed up. Only `optimize` exists today.
             * @example optimize
             */
            component: string;
            /**
             * @description The uuid of the engine's cluster.
             * @example wYb1pBq3T0uB9Z3pQd0vXg
             */
            clusterUuid: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The uuid that the engine gave the repository. Null: none, since the repository was empty.
             * @example Qm2Yp8b7R3a5K1c9S4d6Tg
             */
            repositoryUuid: string | null;
            /**
             * Format: date-time
             * @description When it was requested; of a discovered one, when its first snapshot started.
             * @example 2026-11-22T01:00:00.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description When it was COMPLETED or FAILED. Null: not yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /**
             * @description The bytes that the indices of all its parts held. Null: a part was not measured.
             * @example 812344120
             */
            bytes: number | null;
            /**
             * Format: date-time
             * @description When its snapshots were deleted. Null: they were not.
             * @example 2026-11-22T01:04:12.000Z
             */
            deletedAt: string | null;
            /** @description Why it FAILED. Null: it did not. */
            failure: components["schemas"]["Reason"] | null;
            /**
             * @description The id of the restore that took it before it deleted anything. Null: it is no safety backup.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            safetyOf: string | null;
            /** @description Whether `optimizeVersion` is that of the restored backup, since the engine reported none. */
            versionAssumed: boolean;
            /** @description Whether every node was seen to use the repository, before part 1, after each part and at the end. False: `repositoryUnverified` says why. Null: the create did not get that far, or was not made by this version of Tandem. */
            repositoryVerified: boolean | null;
            /**
             * @description Its labels, by key.
             * @example {
             *       "env": "production"
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /**
             * @description A note for people. Null: none.
             * @example before the migration to 3.10
             */
            note: string | null;
            /** @description The hold that is in force. Null: none is. */
            hold: components["schemas"]["Hold"] | null;
            /** @description Who requested it. */
            actor: components["schemas"]["Actor"];
            /**
             * @description From the request to the end, in milliseconds. Null: it is not finished.
             * @example 252000
             */
            durationMs: number | null;
            /**
             * Format: date-time
             * @description When a rehearsal last proved all of it restorable. Null: none has.
             * @example 2026-11-22T01:04:12.000Z
             */
            lastProvenAt: string | null;
            /** @description Its snapshots, part 1 first. */
            parts: {
                /**
                 * @description Which part of the backup it is, from 1.
                 * @example 1
                 */
                number: number;
                /**
                 * @description How many parts the backup has.
                 * @example 2
                 */
                of: number;
                /**
                 * @description The name of the snapshot in the repository.
                 * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
                 */
                snapshotName: string;
                /**
                 * @description The state of the part, as in a single backup.
                 * @enum {string}
                 */
                state: "PLANNED" | "EMPTY" | "STARTING" | "IN_PROGRESS" | "SUCCESS" | "PARTIAL" | "FAILED" | "INCOMPATIBLE" | "VANISHED" | "DELETING";
                /**
                 * @description The uuid of the snapshot. Null: the engine has not reported it yet.
                 * @example k3JpY0mZQ4a8S7d1Lr5uXw
                 */
                uuid: string | null;
                /**
                 * @description The bytes that its indices held in primary shards. Null: not measured.
                 * @example 812344120
                 */
                bytes: number | null;
            }[];
        };
        /** @description While a hold is in force the backup cannot be deleted. */
        Hold: {
            /**
             * @description Why the backup is held.
             * @example audit of 2026
             */
            reason: string;
            /**
             * Format: date-time
             * @description Until when. Null: until it is released.
             * @example 2027-01-31T00:00:00.000Z
             */
            until: string | null;
            /** @description Who holds it. */
            actor: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-11-22T01:04:12.000Z
             */
            at: string;
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
        };
        /** @description Everything that is known of one incarnation of a backup id. */
        BackupDetails: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The state as last seen, at `stateSeenAt`.
             * @enum {string}
             */
            state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
            /**
             * Format: date-time
             * @description When the state was last seen.
             * @example 2026-11-22T01:04:12.000Z
             */
            stateSeenAt: string;
            /**
             * @description `requested` by a caller, or `discovered`: found in the repository and not made by Tandem. `scheduled` is reserved: no backup has it yet.
             * @enum {string}
             */
            origin: "requested" | "scheduled" | "discovered";
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description Which component was backed up. Only `optimize` exists today.
             * @example optimize
             */
            component: string;
            /**
             * @description The uuid of the engine's cluster.
             * @example wYb1pBq3T0uB9Z3pQd0vXg
             */
            clusterUuid: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The uuid that the engine gave the repository. Null: none, since the repository was empty.
             * @example Qm2Yp8b7R3a5K1c9S4d6Tg
             */
            repositoryUuid: string | null;
            /**
             * Format: date-time
             * @description When it was requested; of a discovered one, when its first snapshot started.
             * @example 2026-11-22T01:00:00.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description When it was COMPLETED or FAILED. Null: not yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /**
             * @description The bytes that the indices of all its parts held. Null: a part was not measured.
             * @example 812344120
             */
            bytes: number | null;
            /**
             * Format: date-time
             * @description When its snapshots were deleted. Null: they were not.
             * @example 2026-11-22T01:04:12.000Z
             */
            deletedAt: string | null;
            /** @description Why it FAILED. Null: it did not. */
            failure: components["schemas"]["Reason"] | null;
            /**
             * @description The id of the restore that took it before it deleted anything. Null: it is no safety backup.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            safetyOf: string | null;
            /** @description Whether `optimizeVersion` is that of the restored backup, since the engine reported none. */
            versionAssumed: boolean;
            /** @description Whether every node was seen to use the repository, before part 1, after each part and at the end. False: `repositoryUnverified` says why. Null: the create did not get that far, or was not made by this version of Tandem. */
            repositoryVerified: boolean | null;
            /**
             * @description Its labels, by key.
             * @example {
             *       "env": "production"
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /**
             * @description A note for people. Null: none.
             * @example before the migration to 3.10
             */
            note: string | null;
            /** @description The hold that is in force. Null: none is. */
            hold: components["schemas"]["Hold"] | null;
            /**
             * Format: date-time
             * @description When the state was last seen, if it cannot be read now: the engine does not respond, the repository does not look like the recorded one, or all snapshots are gone and no reconciliation has confirmed that. Null: `state` is current.
             * @example 2026-11-22T01:04:12.000Z
             */
            asOf: string | null;
            /** @description Indices that are not simply ours. Null: not recorded, as of discovered and safety backups. */
            ownership: components["schemas"]["BackupOwnership"] | null;
            /** @description Why the repository is not verified. Null: `repositoryVerified` is not false. */
            repositoryUnverified: {
                /**
                 * @description Why, in one sentence.
                 * @example Node data-3 cannot read the repository.
                 */
                reason: string;
                /** @description Names of nodes that were there before part 1 and had left by the end. */
                nodesLeft: string[];
            } | null;
            /** @description Its snapshots, part 1 first. */
            parts: components["schemas"]["Part"][];
            /** @description The operation that takes or took it. Null: it was discovered. */
            create: {
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description QUEUED, RUNNING and WAITING: workers carry it out. SUSPENDED: nothing is done until it is released. The others are ends.
                 * @enum {string}
                 */
                state: "QUEUED" | "RUNNING" | "WAITING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            } | null;
            /** @description The last deletion of its snapshots. Null: none was requested. */
            deletion: {
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description QUEUED, RUNNING and WAITING: workers carry it out. SUSPENDED: nothing is done until it is released. The others are ends.
                 * @enum {string}
                 */
                state: "QUEUED" | "RUNNING" | "WAITING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            } | null;
            /** @description Why the last attempt failed. Null: it did not fail, the operation progressed or was retried since, or it has ended; then see `failure`. */
            lastError: components["schemas"]["LastError"] | null;
            /**
             * Format: date-time
             * @description When what failed is tried again; in the past while that attempt is running. Null: `lastError` is null, or the operation is SUSPENDED.
             * @example 2026-11-22T01:05:04.000Z
             */
            nextAttemptAt: string | null;
            /** @description How far it is. Null: it is not running, or the engine does not respond. */
            progress: components["schemas"]["Progress"] | null;
            /** @description The last rehearsal that restored every index and found all of each as saved. Null: none did. */
            lastFullProof: {
                /**
                 * @description The id of the rehearsal, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * Format: date-time
                 * @description When the rehearsal ended.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                at: string;
                /**
                 * @description How long the rehearsal took, in milliseconds.
                 * @example 252000
                 */
                durationMs: number;
                /** @description Whether everything that the backup holds was restored and compared. */
                complete: boolean;
                /**
                 * @description How many indices were restored and compared.
                 * @example 61
                 */
                indices: number;
                /**
                 * @description How many indices the backup holds. Null: the proof is of an earlier version.
                 * @example 3
                 */
                totalIndices: number | null;
                /**
                 * @description How many documents the restored indices hold.
                 * @example 1284311
                 */
                documents: number;
                /**
                 * @description How many bytes they hold in primary shards.
                 * @example 812344120
                 */
                bytes: number;
                /** @description What was compared, with counts of indices: `exists`, the index is there; `primariesStarted`, its primary shards are started; the others against what was recorded of it when it was saved: how many `documents` and `primaries` (primary shards) it has, its `createdVersion` (of the engine that created it), `mapping`, `settings` and `aliases`. What is absent was not compared. */
                compared: {
                    [key: string]: {
                        /**
                         * @description How many indices were compared. Null: the proof is of an earlier version.
                         * @example 61
                         */
                        indices: number | null;
                        /**
                         * @description How many could not be compared. Null: the proof is of an earlier version.
                         * @example 0
                         */
                        unmeasured: number | null;
                        /**
                         * @description How many were not as saved. Null: the proof is of an earlier version.
                         * @example 0
                         */
                        different: number | null;
                    };
                };
                /** @description Indices that could not be compared, at most 100. Null: the proof is of an earlier version. */
                unmeasured: {
                    /**
                     * @description The name of the index.
                     * @example optimize-process-instance-invoice_v8
                     */
                    index: string;
                    /** @description What of it could not be compared. */
                    aspects: ("documents" | "primaries" | "createdVersion" | "mapping" | "settings" | "aliases")[];
                    /**
                     * @description Whether it was not measured when it was saved, or when it was restored.
                     * @enum {string}
                     */
                    why: "saved" | "restored";
                }[] | null;
                /**
                 * @description How many indices could not be compared. Null: the proof is of an earlier version.
                 * @example 3
                 */
                unmeasuredIndices: number | null;
            } | null;
            /** @description The last rehearsal that found what it compared as saved, but did not restore or compare everything. Null: none did. */
            lastPartialProof: {
                /**
                 * @description The id of the rehearsal, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * Format: date-time
                 * @description When the rehearsal ended.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                at: string;
                /**
                 * @description How long the rehearsal took, in milliseconds.
                 * @example 252000
                 */
                durationMs: number;
                /** @description Whether everything that the backup holds was restored and compared. */
                complete: boolean;
                /**
                 * @description How many indices were restored and compared.
                 * @example 61
                 */
                indices: number;
                /**
                 * @description How many indices the backup holds. Null: the proof is of an earlier version.
                 * @example 3
                 */
                totalIndices: number | null;
                /**
                 * @description How many documents the restored indices hold.
                 * @example 1284311
                 */
                documents: number;
                /**
                 * @description How many bytes they hold in primary shards.
                 * @example 812344120
                 */
                bytes: number;
                /** @description What was compared, with counts of indices: `exists`, the index is there; `primariesStarted`, its primary shards are started; the others against what was recorded of it when it was saved: how many `documents` and `primaries` (primary shards) it has, its `createdVersion` (of the engine that created it), `mapping`, `settings` and `aliases`. What is absent was not compared. */
                compared: {
                    [key: string]: {
                        /**
                         * @description How many indices were compared. Null: the proof is of an earlier version.
                         * @example 61
                         */
                        indices: number | null;
                        /**
                         * @description How many could not be compared. Null: the proof is of an earlier version.
                         * @example 0
                         */
                        unmeasured: number | null;
                        /**
                         * @description How many were not as saved. Null: the proof is of an earlier version.
                         * @example 0
                         */
                        different: number | null;
                    };
                };
                /** @description Indices that could not be compared, at most 100. Null: the proof is of an earlier version. */
                unmeasured: {
                    /**
                     * @description The name of the index.
                     * @example optimize-process-instance-invoice_v8
                     */
                    index: string;
                    /** @description What of it could not be compared. */
                    aspects: ("documents" | "primaries" | "createdVersion" | "mapping" | "settings" | "aliases")[];
                    /**
                     * @description Whether it was not measured when it was saved, or when it was restored.
                     * @enum {string}
                     */
                    why: "saved" | "restored";
                }[] | null;
                /**
                 * @description How many indices could not be compared. Null: the proof is of an earlier version.
                 * @example 3
                 */
                unmeasuredIndices: number | null;
            } | null;
            /** @description The last rehearsal that could not restore it or found something else. Null: none, or one of the same indices went well since. */
            failedRehearsal: {
                /**
                 * @description The id of the rehearsal, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * Format: date-time
                 * @description When the rehearsal ended.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                at: string;
                /** @description Why it failed. */
                reason: components["schemas"]["Reason"];
                /** @description The indices that were rehearsed. Absent: all of the backup. */
                only?: string[];
                /** @description The last rehearsal that could not read files of the snapshots, this or an earlier one. It blocks restores that delete (REHEARSAL_FAILED). Null: all could. */
                unreadable: {
                    /**
                     * @description The id of the rehearsal, a UUID.
                     * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                     */
                    operationId: string;
                    /**
                     * Format: date-time
                     * @description When the rehearsal ended.
                     * @example 2026-11-22T01:04:12.000Z
                     */
                    at: string;
                    /** @description Why it failed. */
                    reason: components["schemas"]["Reason"];
                    /** @description The indices that were rehearsed. Absent: all of the backup. */
                    only?: string[];
                } | null;
            } | null;
            /** @description The attempts of all its operations, oldest first. */
            attempts: {
                /**
                 * @description Counts the attempts of the operation from 1.
                 * @example 1
                 */
                number: number;
                /**
                 * @description The part of the backup that it worked on. Null: the operation as a whole.
                 * @example 3
                 */
                part: number | null;
                /**
                 * @description Why it ran. `request`: the request, or progress after it. `retry`: after an attempt that failed. `operator`: an operator retried or released the operation. `sweep`: the worker that had it died.
                 * @enum {string}
                 */
                trigger: "request" | "retry" | "operator" | "sweep";
                actor: components["schemas"]["Actor"];
                /** @description How the failure is treated, as in the operation. Null: the attempt succeeded. */
                failureClass: ("transient" | "terminal" | "operator") | null;
                /** @description Why it failed. Null: it succeeded. */
                reason: components["schemas"]["Reason"] | null;
                /**
                 * Format: date-time
                 * @description When it started.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                startedAt: string;
                /**
                 * Format: date-time
                 * @description When it ended.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                endedAt: string;
                /**
                 * Format: date-time
                 * @description When the next attempt was due then. Null: none was planned.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                nextAttemptAt: string | null;
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description What the operation does.
                 * @enum {string}
                 */
                kind: "create" | "delete" | "restore" | "rehearse";
            }[];
            /** @description Its restores, newest first. */
            restores: components["schemas"]["Restore"][];
            /** @description Its rehearsals, newest first. */
            rehearsals: components["schemas"]["Restore"][];
            /** @description The other backups of that id, deleted or of another version, the one requested last first. */
            otherIncarnations: components["schemas"]["BackupSummary"][];
        };
        /** @description Indices below the prefix that are not simply those of this Optimize, by class, when the backup was taken. It holds the ambiguous and the unknown ones, not the others. */
        BackupOwnership: {
            /** @description Indices that another installation could own too. */
            readonly ambiguous: string[];
            /** @description Indices below the prefix that Optimize is not known to have. */
            readonly unknown: string[];
            /** @description Indices of another component of Camunda. */
            readonly otherComponent: string[];
            /** @description Indices of another installation of Optimize, under a longer prefix. */
            readonly otherInstallation: string[];
            /** @description Copies that a rehearsal restored. */
            readonly rehearsalCopy: string[];
            /** @description Names that do not begin with the prefix. */
            readonly outside: string[];
            /** @description Where the prefix stands: `plain`, instead of the word optimize (`acme-alert_v4`), or `optimize`, in front of it (`acme-optimize-alert_v4`). */
            readonly forms: ("plain" | "optimize")[];
            /** @description How many names are not listed: at most 50 of each class are. */
            more: {
                /**
                 * @description How many ambiguous ones are not listed.
                 * @example 0
                 */
                ambiguous: number;
                /**
                 * @description How many unknown ones are not listed.
                 * @example 0
                 */
                unknown: number;
                /**
                 * @description How many of another component are not listed.
                 * @example 0
                 */
                otherComponent: number;
                /**
                 * @description How many of another installation are not listed.
                 * @example 0
                 */
                otherInstallation: number;
                /**
                 * @description How many copies of rehearsals are not listed.
                 * @example 0
                 */
                rehearsalCopy: number;
                /**
                 * @description How many outside the prefix are not listed.
                 * @example 0
                 */
                outside: number;
            };
        };
        /** @description One of the snapshots of a backup. */
        Part: {
            /**
             * @description Which part of the backup it is, from 1.
             * @example 1
             */
            number: number;
            /**
             * @description How many parts the backup has.
             * @example 2
             */
            of: number;
            /**
             * @description The name of the snapshot in the repository.
             * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
             */
            snapshotName: string;
            /**
             * @description PLANNED: nothing was sent to the engine. EMPTY: it holds no index, so that no snapshot is taken. STARTING: the snapshot is about to be requested. VANISHED: the engine had it and has it no more. DELETING: an open deletion removes it. The others are those of the engine, as last seen.
             * @enum {string}
             */
            state: "PLANNED" | "EMPTY" | "STARTING" | "IN_PROGRESS" | "SUCCESS" | "PARTIAL" | "FAILED" | "INCOMPATIBLE" | "VANISHED" | "DELETING";
            /**
             * @description The uuid of the snapshot. Null: the engine has not reported it yet.
             * @example k3JpY0mZQ4a8S7d1Lr5uXw
             */
            uuid: string | null;
            /** @description The names of its indices. */
            indices: string[];
            /**
             * @description How many times the snapshot was requested of the engine.
             * @example 1
             */
            startCount: number;
            /**
             * @description The version of the engine that took the snapshot; two versions, as `8.19.9-8.19.21`, if the engine reports only a range. Null: it has not reported it yet.
             * @example 8.19.9
             */
            engineVersion: string | null;
            /**
             * Format: date-time
             * @description When the engine started it. Null: not yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            startedAt: string | null;
            /**
             * Format: date-time
             * @description When the engine ended it. Null: not yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /**
             * @description How long the engine took, in milliseconds. Null: it has not ended.
             * @example 252000
             */
            durationMs: number | null;
            /** @description Its shards, as the engine counts them. Null: it has not reported them yet. */
            shards: {
                /**
                 * @description How many primary shards there are.
                 * @example 24
                 */
                total: number;
                /**
                 * @description How many were saved.
                 * @example 24
                 */
                successful: number;
                /**
                 * @description How many could not be saved.
                 * @example 0
                 */
                failed: number;
            } | null;
            /**
             * @description The bytes that its indices held in primary shards right after it ended, not what it takes up in the repository. Null: not measured.
             * @example 812344120
             */
            bytes: number | null;
            /** @description The shards that could not be saved. */
            failures: {
                /**
                 * @description The name of the index.
                 * @example optimize-process-instance-invoice_v8
                 */
                index: string;
                /**
                 * @description The number of the shard, from 0.
                 * @example 0
                 */
                shard: number;
                /**
                 * @description Why, in the words of the engine.
                 * @example IndexShardSnapshotFailedException[shard is not started]
                 */
                reason: string;
            }[];
            /** @description Whether the contents of the indices were recorded, so that a restore can be compared with them. */
            hasManifest: boolean;
            /** @description How the repository differs from what was recorded. Null: it did not at the last check. */
            drift: {
                /**
                 * @description `vanished`: no snapshot of that name. `replaced`: another snapshot has the name. `foreign`: a snapshot that Tandem did not make has the name of a part that was never made.
                 * @enum {string}
                 */
                is: "vanished" | "replaced" | "foreign";
                /**
                 * @description The uuid of the snapshot that was found. Null: none.
                 * @example k3JpY0mZQ4a8S7d1Lr5uXw
                 */
                uuid: string | null;
                /**
                 * Format: date-time
                 * @description When that was first noticed.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                noticedAt: string;
            } | null;
        };
        /** @description How far a running backup is. */
        Progress: {
            /**
             * @description How many parts are complete.
             * @example 1
             */
            partsDone: number;
            /**
             * @description How many parts there are.
             * @example 2
             */
            parts: number;
            /**
             * @description How many primary shards of the started parts are saved.
             * @example 30
             */
            shardsDone: number;
            /**
             * @description How many primary shards the started parts have.
             * @example 48
             */
            shards: number;
            /**
             * @description The bytes copied so far.
             * @example 402112000
             */
            bytesDone: number;
            /**
             * @description The bytes that the started parts have to copy, without those that the repository has already.
             * @example 812344120
             */
            bytes: number;
            /**
             * @description Bytes a second of the running part since it started. Null: no part is running, or it has copied none.
             * @example 12400000
             */
            bytesPerSecond: number | null;
            /**
             * Format: date-time
             * @description When the running part ends at that rate. Null: there is nothing to estimate from yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            estimatedEndAt: string | null;
        };
        /** @description A restore or a rehearsal. */
        Restore: {
            /**
             * @description The id of the restore or rehearsal, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description `rehearse`: a restore under other names, compared with what was saved and deleted again.
             * @enum {string}
             */
            kind: "restore" | "rehearse";
            /**
             * @description SUCCEEDED: it ended well, and what was restored is what was saved. SUSPENDED: does nothing until it is cancelled.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The step that it is at; if it did not end well, where it stopped.
             * @enum {string}
             */
            step: "preflight" | "safety-backup" | "delete-existing" | "parts" | "templates" | "compare" | "blocks" | "rollback" | "done";
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-11-22T01:04:12.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description When it ended. Null: it is open.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /** @description Who requested it. */
            actor: components["schemas"]["Actor"];
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
            /**
             * @description Why, as the request says. Null: it does not say.
             * @example before the migration
             */
            reason: string | null;
            /** @description Under which other names the indices are restored. Null: in place. */
            target: {
                /**
                 * @description A regular expression that the names of the indices match.
                 * @example ^(.+)$
                 */
                renamePattern: string;
                /**
                 * @description What replaces it; `$1` is the first group of the pattern.
                 * @example restored-$1
                 */
                renameReplacement: string;
            } | null;
            /**
             * @description How many indices it restores.
             * @example 61
             */
            indices: number;
            /** @description `indices` of the request, sorted. Null: it has none, so that all are restored. */
            readonly chosenIndices: string[] | null;
            /** @description `acceptInconsistent` of the request. */
            acceptInconsistent: boolean;
            /** @description The parts of the backup that hold no chosen index. */
            readonly skippedParts: number[];
            /** @description `deleteExisting` of the request. */
            deleteExisting: boolean;
            /**
             * @description How many indices it deletes before.
             * @example 0
             */
            deletes: number;
            /** @description `deleteUnknown` of the request. */
            readonly deleteUnknown: string[];
            /** @description `keepUnknown` of the request. */
            readonly keepUnknown: string[];
            /**
             * @description `acceptVersion` of the request. Null: it has none.
             * @example 3.9.0
             */
            acceptVersion: string | null;
            /** @description `acceptFailedRehearsal` of the request. */
            acceptFailedRehearsal: boolean;
            /** @description `acceptUnknownVersions` of the request. */
            acceptUnknownVersions: boolean;
            /** @description `dropAllocation` of the request. */
            dropAllocation: boolean;
            /** @description `rollback` of the request. */
            rollback: boolean;
            /** @description `restoreTemplates` of the request. */
            restoreTemplates: boolean;
            /**
             * @description The id of the backup that is taken before anything is deleted. Null: none is.
             * @example safety-6f2d1f4e
             */
            safetyBackupId: string | null;
            /**
             * @description The hash of the plan that it carries out.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            planHash: string;
            /**
             * @description Why its cancellation was requested. Null: it was not.
             * @example the wrong backup
             */
            stopReason: string | null;
            /**
             * @description How many attempts there were.
             * @example 3
             */
            attemptCount: number;
            /** @description Why it FAILED. Null: it did not. */
            failure: components["schemas"]["Reason"] | null;
            /** @description Why the last attempt failed. Null: it did not fail, the operation progressed or was retried since, or it has ended; then see `failure`. */
            lastError: components["schemas"]["LastError"] | null;
            /**
             * Format: date-time
             * @description When what failed is tried again; in the past while that attempt is running. Null: `lastError` is null, or the operation is SUSPENDED.
             * @example 2026-11-22T01:05:04.000Z
             */
            nextAttemptAt: string | null;
            /** @description Since when and why it is SUSPENDED. Null: it is not. */
            suspension: components["schemas"]["Suspension"] | null;
            /** @description What the comparison with the saved contents found. Null: it was not reached. */
            report: {
                [key: string]: unknown;
            } | null;
        };
        /** @description The labels, note and hold of a backup. */
        Annotations: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description Its labels, by key.
             * @example {
             *       "env": "production"
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /**
             * @description A note for people. Null: none.
             * @example before the migration to 3.10
             */
            note: string | null;
            /** @description The hold that is in force. Null: none is. */
            hold: components["schemas"]["Hold"] | null;
        };
        /** @description One line of the history. It is never changed. */
        Event: {
            /**
             * @description Decimal digits. A later event has a higher id.
             * @example 184
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was written, by the clock of the database.
             * @example 2026-11-22T01:04:12.000Z
             */
            at: string;
            /**
             * @description The backup that it is about. Null: none.
             * @example nightly-2026-11-22
             */
            backupId: string | null;
            /**
             * @description What happened.
             * @enum {string}
             */
            kind: "backup.requested" | "backup.refused" | "backup.discovered" | "backup.completed" | "backup.failed" | "backup.cancelled" | "backup.state-changed" | "backup.delete-requested" | "backup.deleted" | "backup.labelled" | "backup.held" | "backup.released" | "operation.retried" | "operation.cancelled" | "operation.suspended" | "operation.released" | "clock.put-back" | "part.deleted" | "snapshot.removing" | "snapshot.removed" | "plan.changed" | "ownership.changed" | "part.starting" | "part.adopted" | "part.succeeded" | "part.failed" | "part.vanished" | "attempt.failed" | "restore.requested" | "restore.step" | "restore.rolled-back" | "restore.stop-requested" | "restore.completed" | "restore.failed" | "restore.cancelled" | "rehearsal.requested" | "rehearsal.step" | "rehearsal.stop-requested" | "rehearsal.completed" | "rehearsal.failed" | "rehearsal.cancelled" | "index.removing" | "index.removed" | "index.late" | "drift.vanished" | "drift.replaced" | "drift.foreign" | "drift.returned" | "reconciliation.requested" | "repository.registering" | "repository.registered" | "repository.register-failed" | "repository.verified" | "repository.changed" | "repository.accepted" | "repository.returned" | "history.rolled-back" | "history.rollback-acknowledged" | "redis.adopted" | "access.denied" | "key.created" | "key.adopted" | "key.rotated" | "key.revoked";
            actor: components["schemas"]["Actor"];
            /**
             * @description Which part of Tandem wrote it.
             * @enum {string}
             */
            source: "api" | "worker" | "sweep" | "schedule" | "command";
            /**
             * @description Why, as the actor said. Null: nothing was said.
             * @example before the migration
             */
            reason: string | null;
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
            /** @description What changed, as it was; depends on the kind. Null: nothing was there. */
            before: unknown;
            /** @description What changed, as it is now; depends on the kind. Null: nothing is there. */
            after: unknown;
        };
        /** @description Which engines can restore a backup. */
        BackupCompatibility: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /** @description The running engine. Null: it did not respond. */
            running: {
                /**
                 * @description The kind of engine.
                 * @example elasticsearch
                 * @enum {string}
                 */
                engine: "elasticsearch" | "opensearch";
                /**
                 * @description The version of its oldest node.
                 * @example 8.19.21
                 */
                version: string;
                /**
                 * @description Whether it can restore the backup.
                 * @enum {string}
                 */
                restores: "yes" | "no" | "not-known";
            } | null;
            /**
             * @description Why the running engine is not known. Null: it is.
             * @example The engine is not reachable.
             */
            runningUnknown: string | null;
            /** @description Which supported engines can restore the complete backup. */
            engines: components["schemas"]["EngineVerdict"][];
            /** @description Its parts, by number. */
            parts: components["schemas"]["CompatiblePart"][];
        };
        /** @description Whether the engines of one major can restore something. */
        EngineVerdict: {
            /**
             * @description The kind of engine.
             * @example elasticsearch
             * @enum {string}
             */
            engine: "elasticsearch" | "opensearch";
            /**
             * @description The major version.
             * @example 8
             */
            major: number;
            /**
             * @description `not-known`: it depends on a version that was not recorded, or that could not be read.
             * @enum {string}
             */
            restores: "yes" | "no" | "not-known";
            /**
             * @description The first release of this major that can. Null: none can, it is not known, or it is newer than the releases that Tandem knows.
             * @example 8.19.9
             */
            fromVersion: string | null;
            /** @description What keeps the other releases of this major from it. Null: nothing that was recorded. */
            decidedBy: components["schemas"]["CompatibilityDecider"] | null;
            /** @description Why none of this major can. Null: some can, or it is not known. */
            why: ("newer" | "older" | "other-kind") | null;
        };
        /** @description What decides which engines can restore something. */
        CompatibilityDecider: {
            /**
             * @description The number of the part.
             * @example 2
             */
            part: number;
            /**
             * @description The index. Null: the snapshot itself decides.
             * @example optimize-process-instance-invoice_v8
             */
            index: string | null;
            /**
             * @description The version of the engine that wrote it: of several with one id the first.
             * @example Elasticsearch 7.17.29
             */
            version: string;
            /**
             * @description The engine's id of that version: `version_id` of the snapshot, or `index.version.created` of the index.
             * @example 7172999
             */
            versionId: number;
        };
        /** @description A part of a backup, and which engines can restore it. */
        CompatiblePart: {
            /**
             * @description The number of the part, from 1.
             * @example 1
             */
            number: number;
            /**
             * @description The name of the snapshot in the repository.
             * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
             */
            snapshotName: string;
            /**
             * @description The version of the engine that took the snapshot. Null: not known.
             * @example Elasticsearch 7.17.29
             */
            takenBy: string | null;
            /**
             * @description Its `version_id`. Null: not known.
             * @example 7172999
             */
            versionId: number | null;
            /** @description Which supported engines can restore this part. */
            engines: components["schemas"]["EngineVerdict"][];
            /**
             * @description How many indices it holds.
             * @example 3
             */
            indexCount: number;
            /**
             * @description Of how many of them it was not recorded which version created them.
             * @example 3
             */
            unrecordedCount: number;
            /** @description The first 100 of those, by name. */
            unrecorded: string[];
            /** @description The others, by the version that created them, oldest first. */
            created: components["schemas"]["CreatedIndices"][];
        };
        /** @description The indices of a part that one version of an engine created. */
        CreatedIndices: {
            /**
             * @description The version of the engine that created these indices.
             * @example Elasticsearch 7.17.29
             */
            createdBy: string;
            /**
             * @description `index.version.created`.
             * @example 7172999
             */
            versionId: number;
            /**
             * @description How many there are.
             * @example 3
             */
            count: number;
            /** @description The first 100 of them, by name. */
            indices: string[];
            /** @description Which supported engines read them. */
            engines: components["schemas"]["EngineVerdict"][];
        };
        /** @description What a change of the engine would make unusable. */
        UpgradeCheck: {
            /**
             * @description The requested kind of engine.
             * @example elasticsearch
             * @enum {string}
             */
            engine: "elasticsearch" | "opensearch";
            /**
             * @description The requested version.
             * @example 9
             */
            version: string;
            /** @description The running engine. Null: it did not respond. */
            running: {
                /**
                 * @description The kind of engine.
                 * @example elasticsearch
                 * @enum {string}
                 */
                engine: "elasticsearch" | "opensearch";
                /**
                 * @description The version of its oldest node.
                 * @example 8.19.21
                 */
                version: string;
            } | null;
            /** @description From the recorded versions of the history. */
            backups: {
                /** @description COMPLETED backups that the engine could not restore. */
                unusable: {
                    /**
                     * @description How many there are, counted up to 10000.
                     * @example 3
                     */
                    count: number;
                    /** @description True: there may be more than were counted. */
                    isMinimum: boolean;
                };
                /** @description COMPLETED backups of which it is not known: which versions created their indices was not recorded, or their version is newer than the releases of that engine that Tandem knows. */
                undecided: {
                    /**
                     * @description How many there are, counted up to 10000.
                     * @example 3
                     */
                    count: number;
                    /** @description True: there may be more than were counted. */
                    isMinimum: boolean;
                };
                /** @description The page of those that it could not restore, the one recorded last first, at most `limit` of them. */
                items: components["schemas"]["UnusableBackup"][];
                /**
                 * @description The `cursor` of the next page. Null: this is the last one.
                 * @example eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9
                 */
                nextCursor: string | null;
            };
            /** @description Of the indices in the running engine, open and closed. */
            indices: {
                /** @description Whether the running engine responded. */
                known: boolean;
                /**
                 * @description Why not. Null: it did.
                 * @example The engine is not reachable.
                 */
                unknownReason: string | null;
                /**
                 * @description How many indices of the prefix there are. Null: not known.
                 * @example 3
                 */
                checked: number | null;
                /**
                 * @description How many of them the engine could not read. Null: not known.
                 * @example 3
                 */
                unreadableCount: number | null;
                /** @description The first 100 of those, by name. Re-index what is `older` before the upgrade; what is `newer` or of the `other-kind` cannot be taken along. */
                unreadable: components["schemas"]["UnreadableIndex"][];
            };
        };
        /** @description A COMPLETED backup that would be INCOMPATIBLE. */
        UnusableBackup: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-11-22T01:04:12.000Z
             */
            requestedAt: string;
            /**
             * @description The restore whose safety backup it is. Null: it is a backup of the installation.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            safetyOf: string | null;
            /** @description The parts that could not be restored. */
            parts: components["schemas"]["UnusablePart"][];
        };
        /** @description A part that an engine could not restore. */
        UnusablePart: {
            /**
             * @description The number of the part.
             * @example 2
             */
            number: number;
            /**
             * @description The name of the snapshot in the repository.
             * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
             */
            snapshotName: string;
            /**
             * @description The index that decides: the one that the oldest version created. Null: the snapshot decides.
             * @example optimize-process-instance-invoice_v8
             */
            index: string | null;
            /**
             * @description The version of the engine that wrote it.
             * @example Elasticsearch 7.17.29
             */
            version: string;
            /**
             * @description The engine's id of that version.
             * @example 7172999
             */
            versionId: number;
            /**
             * @description `newer`: of a version that is newer than the engine. `older`: of a major that the engine no longer reads, or reads as a read-only archive at most. `other-kind`: of the other kind of engine, and not of a version that crosses.
             * @enum {string}
             */
            why: "newer" | "older" | "other-kind";
        };
        /** @description An index of the running engine that another one could not read. */
        UnreadableIndex: {
            /**
             * @description The name of the index.
             * @example optimize-process-instance-invoice_v8
             */
            index: string;
            /**
             * @description The version of the engine that created it.
             * @example Elasticsearch 7.17.29
             */
            createdBy: string;
            /**
             * @description `index.version.created`.
             * @example 7172999
             */
            versionId: number;
            /**
             * @description `newer`: of a version that is newer than the engine. `older`: of a major that the engine no longer reads, or reads as a read-only archive at most. `other-kind`: of the other kind of engine, and not of a version that crosses.
             * @enum {string}
             */
            why: "newer" | "older" | "other-kind";
        };
        /** @description The backup that a snapshot belongs to. */
        FoundSnapshot: {
            /**
             * @description The name of the snapshot in the repository.
             * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
             */
            snapshotName: string;
            /**
             * @description Which part of `backup` it is, from 1.
             * @example 1
             */
            part: number;
            /** @description The backup that it belongs to. */
            backup: components["schemas"]["BackupSummary"];
            /** @description Backups that had a snapshot of the same name, before it or under another version. */
            others: components["schemas"]["BackupSummary"][];
        };
        /** @description Which history this is, and whether its database was rolled back. */
        HistoryStatus: {
            /**
             * Format: uuid
             * @description The id of this history. Another database has another one.
             * @example a3c9a6f4-5d2b-4b57-9c39-0d6f8a1f5b10
             */
            historyId: string;
            /**
             * Format: uuid
             * @description The epoch of the history. Acknowledging a rollback begins a new one.
             * @example 5f0f7a52-0c5e-4e0b-8a8e-7a9b1f5f2f11
             */
            epoch: string;
            /**
             * Format: date-time
             * @description When the history was last marked.
             * @example 2026-11-22T01:04:12.000Z
             */
            heartbeatAt: string;
            /** @description The rollback that was detected. Null: none, or it was acknowledged. */
            rollback: components["schemas"]["DetectedRollback"] | null;
            /** @description The marks in Redis. */
            redis: {
                /** @description Whether marks were read since this process began. What cannot be read shows no rollback. */
                read: boolean;
                /**
                 * @description How many marks of this history and epoch there are.
                 * @example 1
                 */
                marks: number;
                /**
                 * @description Why the last reading failed. Null: it did not.
                 * @example Redis does not respond.
                 */
                unread: string | null;
            };
            /** @description The marks in the metadata of snapshots. */
            snapshots: {
                /** @description Whether marks were read since this process began. What cannot be read shows no rollback. */
                read: boolean;
                /**
                 * @description How many marks of this history and epoch there are.
                 * @example 1
                 */
                marks: number;
                /**
                 * @description Why the last reading failed. Null: it did not.
                 * @example Redis does not respond.
                 */
                unread: string | null;
            };
        };
        /** @description The database of the history was put back to an earlier state. */
        DetectedRollback: {
            /**
             * Format: date-time
             * @description When the rollback was detected.
             * @example 2026-11-22T01:04:12.000Z
             */
            detectedAt: string;
            /**
             * @description How much of the history is lost at most, in milliseconds.
             * @example 86400000
             */
            lossMs: number;
            /**
             * @description Which open operations were suspended: deletions and restores that delete, or everything.
             * @enum {string}
             */
            suspends: "deletions" | "everything";
            /** @description The mark that shows it. */
            mark: {
                /**
                 * @description Where the mark was read: in Redis or in metadata of a snapshot.
                 * @enum {string}
                 */
                source: "redis" | "snapshot";
                /**
                 * @description The id of the event that the mark names.
                 * @example 48213
                 */
                eventId: string;
                /**
                 * @description `missing`: the history has no event of that id. `another`: it has another event of that id.
                 * @enum {string}
                 */
                is: "missing" | "another";
                /**
                 * Format: date-time
                 * @description When the history still had the event.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                at: string;
            };
        };
        /** @description A comparison of the history with the repositories. */
        Reconciliation: {
            /**
             * @description The id of the reconciliation, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            reconciliationId: string;
            /**
             * @description How far it is.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "ENDED";
            /**
             * @description Whether the schedule or a request started it.
             * @enum {string}
             */
            trigger: "schedule" | "request";
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-11-22T01:04:12.000Z
             */
            requestedAt: string;
            /** @description Who requested it. */
            actor: components["schemas"]["Actor"];
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
            /**
             * Format: date-time
             * @description When it started. Null: not yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            startedAt: string | null;
            /**
             * Format: date-time
             * @description When it ended. Null: not yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /** @description Whether every repository could be read. */
            complete: boolean;
            /** @description What it found. Null: it has not ended. */
            figures: components["schemas"]["ReconciliationFigures"] | null;
        };
        /** @description What a reconciliation found. */
        ReconciliationFigures: {
            /**
             * @description How many backups were compared.
             * @example 30
             */
            backups: number;
            /**
             * @description How many were not, since an open operation makes or deletes them.
             * @example 1
             */
            skipped: number;
            /** @description Parts of backups, by what was found of them. */
            parts: {
                /**
                 * @description How many are as recorded.
                 * @example 60
                 */
                present: number;
                /**
                 * @description How many are gone.
                 * @example 0
                 */
                vanished: number;
                /**
                 * @description How many have another snapshot under their name.
                 * @example 0
                 */
                replaced: number;
                /**
                 * @description How many were never made, and a snapshot that Tandem did not make has their name.
                 * @example 0
                 */
                foreign: number;
                /**
                 * @description How many the repository lists and cannot read: neither present nor gone.
                 * @example 0
                 */
                unread: number;
            };
            /**
             * @description How many backups changed since the last check.
             * @example 0
             */
            changedCount: number;
            /** @description Those, at most 1,000. */
            changed: {
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * @description The version of Optimize that wrote the data in the backup.
                 * @example 3.9.0
                 */
                optimizeVersion: string;
                /**
                 * @description The state of the backup before.
                 * @enum {string}
                 */
                before: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
                /**
                 * @description The state of the backup now.
                 * @enum {string}
                 */
                state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
                /** @description The parts that changed. */
                parts: {
                    /**
                     * @description Which part of the backup it is, from 1.
                     * @example 1
                     */
                    number: number;
                    /**
                     * @description `present`: as recorded. `vanished`: gone. `replaced`: another snapshot has its name. `foreign`: a snapshot that Tandem did not make has its name.
                     * @enum {string}
                     */
                    is: "present" | "vanished" | "replaced" | "foreign";
                }[];
            }[];
            /**
             * @description How many backups were found that are not in the history.
             * @example 0
             */
            discoveredCount: number;
            /** @description Those, at most 1,000. */
            discovered: {
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * @description The version of Optimize that wrote the data in the backup.
                 * @example 3.9.0
                 */
                optimizeVersion: string;
                /**
                 * @description The state of the backup now.
                 * @enum {string}
                 */
                state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
                /**
                 * @description The name of the snapshot repository in the engine.
                 * @example backups
                 */
                repository: string;
            }[];
            /**
             * @description How many backups could not be read although their repository could.
             * @example 0
             */
            unverifiedCount: number;
            /** @description Those, at most 1,000. */
            unverified: {
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * @description The version of Optimize that wrote the data in the backup.
                 * @example 3.9.0
                 */
                optimizeVersion: string;
                /** @description Why it could not be read. */
                reason: components["schemas"]["Reason"];
            }[];
            /** @description Each repository and what came of reading it. */
            repositories: {
                /**
                 * @description The name of the snapshot repository in the engine.
                 * @example backups
                 */
                repository: string;
                /**
                 * @description The uuid of the engine's cluster. Null: the engine could not be queried.
                 * @example wYb1pBq3T0uB9Z3pQd0vXg
                 */
                clusterUuid: string | null;
                /**
                 * @description The uuid that the engine gave the repository. Null: none, or it could not be read.
                 * @example Qm2Yp8b7R3a5K1c9S4d6Tg
                 */
                repositoryUuid: string | null;
                /**
                 * @description How many backups that are not deleted are recorded in it.
                 * @example 30
                 */
                backups: number;
                /**
                 * @description How many snapshots in it have names of backups.
                 * @example 60
                 */
                snapshots: number;
                /** @description Parts of backups, by what was found of them. */
                parts: {
                    /**
                     * @description How many are as recorded.
                     * @example 60
                     */
                    present: number;
                    /**
                     * @description How many are gone.
                     * @example 0
                     */
                    vanished: number;
                    /**
                     * @description How many have another snapshot under their name.
                     * @example 0
                     */
                    replaced: number;
                    /**
                     * @description How many were never made, and a snapshot that Tandem did not make has their name.
                     * @example 0
                     */
                    foreign: number;
                    /**
                     * @description How many the repository lists and cannot read: neither present nor gone.
                     * @example 0
                     */
                    unread: number;
                };
                /** @description Why it could not be read; its backups keep their last known state. Null: it was read. */
                unread: components["schemas"]["Reason"] | null;
            }[];
        };
        /** @description The repositories of the engine and of the history. */
        SnapshotRepositoryList: {
            /** @description The repositories, by name. There is one page. */
            readonly items: components["schemas"]["SnapshotRepository"][];
            /** @description Why the engine could not be read: what is listed is what was recorded. Null: it was read. */
            engineFailure: components["schemas"]["Reason"] | null;
        };
        /** @description A repository as the engine knows it, and as the history recorded it. */
        SnapshotRepository: {
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The uuid of the cluster that it is registered or recorded in.
             * @example wYb1pBq3T0uB9Z3pQd0vXg
             */
            clusterUuid: string;
            /** @description Whether new backups are taken into it: it is CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME. */
            isConfigured: boolean;
            /** @description Whether the engine knows it. Null: not known, since the engine does not respond or is another cluster. */
            isRegistered: boolean | null;
            /**
             * @description Its type. Null: not known.
             * @example fs
             */
            type: string | null;
            /**
             * @description Its settings in the engine, without secrets. Null: not known.
             * @example {
             *       "location": "/mnt/backups",
             *       "compress": "true"
             *     }
             */
            settings: {
                [key: string]: string;
            } | null;
            /** @description Names of settings that are not shown, since their values are secret. */
            readonly secretSettings: string[];
            /**
             * @description The setting or type that forbids writing into it. Null: none does, or not known.
             * @example its setting readonly is true
             */
            readOnly: string | null;
            /**
             * @description Its uuid in the engine. Null: none yet, since it is empty, or not known.
             * @example Qm2Yp8b7R3a5K1c9S4d6Tg
             */
            repositoryUuid: string | null;
            /** @description What the history knows of the backups in it. Null: none is recorded. */
            recorded: {
                /**
                 * @description How many backups live in it: those in the history that are not deleted.
                 * @example 61
                 */
                backups: number;
                /**
                 * @description The id of the one that was recorded last.
                 * @example nightly-2026-11-22
                 */
                newestBackupId: string;
                /**
                 * @description The uuid that the engine gave the repository. Null: none, since the repository was empty.
                 * @example Qm2Yp8b7R3a5K1c9S4d6Tg
                 */
                repositoryUuid: string | null;
                /**
                 * @description Whether the settings that say where its data is are those under which the newest backup was recorded.
                 * @enum {string}
                 */
                settings: "same" | "changed" | "unknown";
            } | null;
            /** @description That a reconciliation found none of the recorded snapshots in it. Null: it did not. */
            changed: {
                /**
                 * Format: date-time
                 * @description When it was noticed.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                noticedAt: string;
                /**
                 * @description How many COMPLETED backups should be in it and are not.
                 * @example 3
                 */
                missing: number;
                /**
                 * Format: date-time
                 * @description When an operator accepted it. Null: backups into it are refused.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                acceptedAt: string | null;
            } | null;
            /** @description The last verification that was requested with `verify` or `PUT`. Null: none was. */
            lastVerification: components["schemas"]["RepositoryVerification"] | null;
        };
        /** @description What a verification of a repository found out. */
        RepositoryVerification: {
            /**
             * @description Whether every node can use it. Null: that could not be determined.
             * @example true
             */
            verified: boolean | null;
            /** @description The nodes that can use it. Empty where not every node can: engines name only those that cannot. */
            readonly nodes: string[];
            /** @description The nodes that cannot use it or did not reply. */
            readonly failedNodes: string[];
            /**
             * @description Why it is not verified. Null: it is.
             * @example The engine cannot use its snapshot repository; check the storage behind it.
             */
            reason: string | null;
            /**
             * Format: date-time
             * @description When it was verified.
             * @example 2026-11-22T01:04:12.000Z
             */
            at: string;
        };
        /** @description A repository that is registered as requested. */
        PutRepository: {
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The uuid of the engine's cluster.
             * @example wYb1pBq3T0uB9Z3pQd0vXg
             */
            clusterUuid: string;
            /**
             * @description `nothing`: it was registered with these settings already, and nothing was sent. `settings`: its data stays where it is, or no backup lives in it. `location`: it leads to another location than that of the recorded backups.
             * @enum {string}
             */
            change: "nothing" | "settings" | "location";
            /**
             * @description How many backups live under its name, as recorded.
             * @example 61
             */
            backups: number;
            /** @description Whether every node can use it. Null: nothing was sent, or `verify` is false. */
            verification: components["schemas"]["RepositoryVerification"] | null;
        };
        /** @description A repository that an operator accepted as it is now. */
        AcceptedRepository: {
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The uuid of the engine's cluster.
             * @example wYb1pBq3T0uB9Z3pQd0vXg
             */
            clusterUuid: string;
            /**
             * @description The uuid that the engine gave the repository. Null: none, since the repository was empty.
             * @example Qm2Yp8b7R3a5K1c9S4d6Tg
             */
            repositoryUuid: string | null;
            /**
             * Format: date-time
             * @description When it was noticed that it does not match.
             * @example 2026-11-22T01:04:12.000Z
             */
            noticedAt: string;
            /**
             * @description How many COMPLETED backups should have been in it and are not. The reconciliation records that they are gone.
             * @example 3
             */
            missing: number;
            /**
             * @description Whether the settings that say where its data is are those under which these backups were recorded. `unknown`: they were not recorded, or could not be read.
             * @enum {string}
             */
            settings: "same" | "changed" | "unknown";
            /**
             * @description The id of the reconciliation that was requested with it.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            reconciliationId: string;
        };
        /** @description Shows later whether the events that it seals have changed. */
        Seal: {
            /**
             * @description Counts the seals from 1, without gaps.
             * @example 12
             */
            number: number;
            /**
             * @description The hash of the seal before. Null: there is none.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            previous: string | null;
            /**
             * @description SHA-256 of the canonical JSON of the other fields, without `signature` and `keyId`.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            hash: string;
            /** @description The ids of its events as [first, last], both inclusive. */
            events: [
                string,
                string
            ][];
            /**
             * @description How many events it seals.
             * @example 40
             */
            count: number;
            /**
             * @description Of the Merkle tree (RFC 6962) over its events in the order of their ids.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            root: string;
            /**
             * @description Every event up to this id is in a seal up to this one, or its id is in `waiting`.
             * @example 184
             */
            through: string;
            /** @description Ids up to `through` that were drawn and whose events had not appeared, as [first, last]. */
            waiting: [
                string,
                string
            ][];
            /**
             * @description When it was made.
             * @example 2026-11-22T02:00:00.000001Z
             */
            sealedAt: string;
            /**
             * Format: base64
             * @description Ed25519 over the hash as hexadecimal text, in base64. Null: it is not signed.
             * @example q1hH0n0l3oN5y8w0gqv1k8h0Q1bq2pGmJ3a7dRr2x6y5t0y8S8m4b7iVJt8eTqzXv8m0vYb3nq7kzq1m6b0PCQ==
             */
            signature: string | null;
            /**
             * @description SHA-256 of the public key (DER). Null: it is not signed.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            keyId: string | null;
        };
        /** @description Shows that the events of a backup are those that were sealed, and that the backup agrees with them. */
        BackupProof: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /** @description Whether `findings` is empty. */
            intact: boolean;
            /** @description What disagrees. Empty: nothing. */
            findings: {
                /**
                 * @description What was found.
                 * @enum {string}
                 */
                kind: "event.changed" | "event.removed" | "event.inserted" | "event.repeated" | "seal.changed" | "seal.removed" | "seal.unchained" | "seal.rewritten" | "seal.truncated" | "seal.unsigned" | "seal.forged" | "export.changed" | "backup.removed" | "backup.inserted" | "backup.changed";
                /**
                 * @description Which event, seal or backup, and what of it.
                 * @example event 184 is not what was sealed
                 */
                where: string;
                /**
                 * @description The number of the first seal that is concerned. Null: none.
                 * @example 12
                 */
                seal: number | null;
            }[];
            /** @description Every incarnation of the id, as it is recorded. */
            backups: {
                /**
                 * @description One per incarnation of an id, decimal digits; events carry it as `backupKey`.
                 * @example 7
                 */
                key: string;
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * @description Who made it, as in a single backup.
                 * @enum {string}
                 */
                origin: "requested" | "scheduled" | "discovered";
                /**
                 * @description The state as last seen.
                 * @enum {string}
                 */
                state: "COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE";
                /**
                 * @description When it was requested.
                 * @example 2026-11-22T01:00:00.000001Z
                 */
                requestedAt: string;
                /**
                 * @description When its snapshots were deleted. Null: they were not.
                 * @example 2026-11-22T01:00:00.000001Z
                 */
                deletedAt: string | null;
                /** @description Its labels, by key. Absent: not exported. */
                labels?: components["schemas"]["Json"];
                /**
                 * @description A note for people. Null: none. Absent: not exported.
                 * @example before the migration to 3.10
                 */
                note?: string | null;
                /** @description The hold, as its event has it. Null: none. Absent: not exported. */
                hold?: components["schemas"]["Json"];
                /**
                 * @description Until when it is held; `infinity`: until it is released. Null: not held. Absent: not exported.
                 * @example 2026-11-22T01:00:00.000001Z
                 */
                heldUntil?: string | null;
                /** @description Its snapshots. Absent: not exported. */
                parts?: {
                    /**
                     * @description Which part of the backup it is, from 1.
                     * @example 1
                     */
                    number: number;
                    /**
                     * @description The state of the part.
                     * @example SUCCESS
                     */
                    state: string;
                    /**
                     * @description The uuid of its snapshot. Null: none was seen.
                     * @example k3JpY0mZQ4a8S7d1Lr5uXw
                     */
                    uuid: string | null;
                }[];
                /** @description The last full proof, as the event of its rehearsal has it. Null: none. Absent: not exported. */
                proof?: components["schemas"]["Json"];
                /** @description The last partial proof, as the event of its rehearsal has it. Null: none. Absent: not exported. */
                partialProof?: components["schemas"]["Json"];
                /**
                 * @description When a rehearsal last proved all of it restorable. Null: none has. Absent: not exported.
                 * @example 2026-11-22T01:00:00.000001Z
                 */
                lastProvenAt?: string | null;
                /** @description Whether its repository was verified. Null: nothing is recorded. Absent: not exported. */
                repositoryVerified?: boolean | null;
                /** @description The same, with the reason. Null: nothing is recorded. Absent: not exported. */
                repositoryCheck?: components["schemas"]["Json"];
            }[];
            /** @description The first 1,000 events of the id, each with its proof. */
            events: {
                /** @description The event, as it is exported and sealed. */
                event: {
                    /**
                     * @description Decimal digits. A later event has a higher id.
                     * @example 184
                     */
                    id: string;
                    /**
                     * @description When it was written, with microseconds, in UTC.
                     * @example 2026-11-22T01:04:12.000001Z
                     */
                    at: string;
                    /**
                     * @description The `key` of the incarnation that it is about. Null: none.
                     * @example 7
                     */
                    backupKey: string | null;
                    /**
                     * @description The backup that it is about. Null: none.
                     * @example nightly-2026-11-22
                     */
                    backupId: string | null;
                    /**
                     * @description The operation that it is about. Null: none.
                     * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                     */
                    operationId: string | null;
                    /**
                     * @description What happened, under the name as stored.
                     * @example backup.completed
                     */
                    kind: string;
                    /** @description Who did it. */
                    actor: components["schemas"]["Json"];
                    /**
                     * @description Which part of Tandem wrote it.
                     * @example worker
                     */
                    source: string;
                    /**
                     * @description Why, as the actor said. Null: nothing was said.
                     * @example before the migration
                     */
                    reason: string | null;
                    /**
                     * @description The `X-Request-Id` of the request that caused it. Null: no request did.
                     * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
                     */
                    requestId: string | null;
                    /** @description What changed, as it was. Null: nothing was there. */
                    before: components["schemas"]["Json"];
                    /** @description What changed, as it is now. Null: nothing is there. */
                    after: components["schemas"]["Json"];
                };
                /**
                 * @description SHA-256 of a byte 0 and the canonical JSON of `event`.
                 * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                 */
                leaf: string;
                /**
                 * @description The number of the seal that it is in. Null: it is in none yet, so that nothing can be said of it.
                 * @example 12
                 */
                seal: number | null;
                /** @description What its leaf is hashed with, in order, to come to the `root` of that seal. */
                proof: {
                    /**
                     * @description On which side of what was hashed so far it stands.
                     * @enum {string}
                     */
                    side: "left" | "right";
                    /**
                     * @description What to hash with.
                     * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                     */
                    hash: string;
                }[];
            }[];
            /** @description Whether `events` are all. */
            allEvents: boolean;
            /**
             * @description How many events are not listed.
             * @example 0
             */
            moreEvents: number;
            /**
             * @description How many of `events` are in no seal yet.
             * @example 0
             */
            unsealed: number;
            /** @description The seals that `events` are in. */
            seals: components["schemas"]["Seal"][];
        };
        /** @description A page of operations. */
        OperationList: {
            /** @description The page, at most `limit` of them. */
            items: components["schemas"]["Operation"][];
            /**
             * @description The `cursor` of the next page. Null: this is the last one.
             * @example eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9
             */
            nextCursor: string | null;
        };
        /** @description A preview, or with its token the result. */
        BulkRetry: components["schemas"]["BulkRetryPreview"] | components["schemas"]["BulkRetryResult"];
        /** @description What a retry with `token` would retry. */
        BulkRetryPreview: {
            /**
             * @description How many operations one run with `token` takes.
             * @example 3
             */
            count: number;
            /**
             * @description How many others fit the filter, which one run does not take.
             * @example 0
             */
            more: number;
            /** @description What each deletion among all of them would delete. */
            readonly deletes: {
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * @description The name of the snapshot repository in the engine.
                 * @example backups
                 */
                repository: string;
                /** @description The names of the snapshots. */
                readonly snapshotNames: string[];
            }[];
            /**
             * @description Names all `count` operations as they are now. Opaque, and valid until they change.
             * @example eyJvcGVyYXRpb25zIjpbXX0
             */
            token: string;
            /** @description The ids of the newest 100 of them. */
            operationIds: string[];
        };
        /** @description What became of each operation. */
        BulkRetryResult: {
            /** @description The operations, newest first. */
            items: {
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description QUEUED: it runs again. SKIPPED: it came to fit the filter, or changed, after the preview. Otherwise why not: FORBIDDEN, OPERATION_NOT_FAILED, BACKUP_BUSY, BACKUP_DELETED, BACKUP_HELD.
                 * @example QUEUED
                 */
                result: string;
            }[];
        };
        /** @description A preview, or with its token the result. */
        BulkRelease: components["schemas"]["BulkReleasePreview"] | components["schemas"]["BulkReleaseResult"];
        /** @description What a release with `token` would release. */
        BulkReleasePreview: {
            /**
             * @description How many operations one run with `token` takes.
             * @example 3
             */
            count: number;
            /**
             * @description How many others fit the filter, which one run does not take.
             * @example 0
             */
            more: number;
            /** @description What each deletion among all of them would delete. */
            readonly deletes: {
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * @description The name of the snapshot repository in the engine.
                 * @example backups
                 */
                repository: string;
                /** @description The names of the snapshots. */
                readonly snapshotNames: string[];
            }[];
            /**
             * @description Names all `count` operations as they are now. Opaque, and valid until they change.
             * @example eyJvcGVyYXRpb25zIjpbXX0
             */
            token: string;
            /** @description The newest 100 of them. */
            operations: {
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description What it does.
                 * @enum {string}
                 */
                kind: "create" | "delete" | "restore" | "rehearse";
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /**
                 * Format: date-time
                 * @description When it was requested.
                 * @example 2026-11-22T01:04:12.000Z
                 */
                requestedAt: string;
                /** @description Since when and why it is SUSPENDED. Null: it is not. */
                suspension: components["schemas"]["Suspension"] | null;
            }[];
        };
        /** @description What became of each operation. */
        BulkReleaseResult: {
            /** @description The operations, newest first. */
            items: {
                /**
                 * @description The id of the operation, a UUID.
                 * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                 */
                operationId: string;
                /**
                 * @description QUEUED: it runs again. SKIPPED: it came to fit the filter, or changed, after the preview. Otherwise why not: FORBIDDEN, OPERATION_NOT_SUSPENDED, RESTORE_RUNNING, BACKUP_HELD.
                 * @example QUEUED
                 */
                result: string;
            }[];
        };
        /** @description An operation with its attempts. */
        OperationWithAttempts: {
            /**
             * @description The id of the operation, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description What it does.
             * @enum {string}
             */
            kind: "create" | "delete" | "restore" | "rehearse";
            /**
             * @description QUEUED, RUNNING and WAITING: workers carry it out. SUSPENDED: nothing is done until it is released. The others are ends.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "WAITING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-11-22T01:04:12.000Z
             */
            requestedAt: string;
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
            /** @description Who requested it. */
            actor: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When a worker works on it next, at the earliest. Null: it has ended or is suspended.
             * @example 2026-11-22T01:04:12.000Z
             */
            nextTickAt: string | null;
            /**
             * Format: date-time
             * @description When it ended. Null: it is open.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /**
             * @description How many attempts there were.
             * @example 3
             */
            attemptCount: number;
            /** @description Of the last attempt. `transient`: retried with backoff. `terminal`: not retried. `operator`: an operator must act; retried slowly. Null: it did not fail. */
            failureClass: ("transient" | "terminal" | "operator") | null;
            /** @description Why it FAILED. Null: it did not. */
            failure: components["schemas"]["Reason"] | null;
            /** @description Why the last attempt failed. Null: it did not fail, the operation progressed or was retried since, or it has ended; then see `failure`. */
            lastError: components["schemas"]["LastError"] | null;
            /**
             * Format: date-time
             * @description When what failed is tried again; in the past while that attempt is running. Null: `lastError` is null, or the operation is SUSPENDED.
             * @example 2026-11-22T01:05:04.000Z
             */
            nextAttemptAt: string | null;
            /** @description Since when and why it is SUSPENDED. Null: it is not. */
            suspension: components["schemas"]["Suspension"] | null;
            /** @description What it waits for. Null: for nothing but its next poll, or it is not open. */
            waiting: components["schemas"]["Waiting"] | null;
            /** @description Its attempts, oldest first. */
            attempts: components["schemas"]["Attempt"][];
        };
        /** @description What an open operation waits for. */
        Waiting: {
            /**
             * @description What for, in words.
             * @example the snapshot of part 1
             */
            for: string;
            /**
             * Format: date-time
             * @description When that is checked next.
             * @example 2026-11-22T01:04:12.000Z
             */
            until: string;
        };
        /** @description One try of an operation. */
        Attempt: {
            /**
             * @description Counts the attempts of the operation from 1.
             * @example 1
             */
            number: number;
            /**
             * @description The part of the backup that it worked on. Null: the operation as a whole.
             * @example 3
             */
            part: number | null;
            /**
             * @description Why it ran. `request`: the request, or progress after it. `retry`: after an attempt that failed. `operator`: an operator retried or released the operation. `sweep`: the worker that had it died.
             * @enum {string}
             */
            trigger: "request" | "retry" | "operator" | "sweep";
            actor: components["schemas"]["Actor"];
            /** @description How the failure is treated, as in the operation. Null: the attempt succeeded. */
            failureClass: ("transient" | "terminal" | "operator") | null;
            /** @description Why it failed. Null: it succeeded. */
            reason: components["schemas"]["Reason"] | null;
            /**
             * Format: date-time
             * @description When it started.
             * @example 2026-11-22T01:04:12.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string;
            /**
             * Format: date-time
             * @description When the next attempt was due then. Null: none was planned.
             * @example 2026-11-22T01:04:12.000Z
             */
            nextAttemptAt: string | null;
        };
        /** @description What a restore would do at that time, with the first entries of its lists. */
        StoredPlan: {
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description The uuid of the engine's cluster.
             * @example wYb1pBq3T0uB9Z3pQd0vXg
             */
            clusterUuid: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /** @description Empty: the restore may start. */
            readonly blockers: components["schemas"]["Blocker"][];
            /** @description What should be known before it starts. */
            readonly warnings: components["schemas"]["Warning"][];
            /** @description The snapshots that are restored, part 1 first. */
            readonly parts: {
                /**
                 * @description Which part of the backup it is, from 1.
                 * @example 1
                 */
                number: number;
                /**
                 * @description The name of the snapshot in the repository.
                 * @example camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2
                 */
                snapshotName: string;
                /**
                 * @description The uuid of the snapshot. Null: not recorded.
                 * @example k3JpY0mZQ4a8S7d1Lr5uXw
                 */
                uuid: string | null;
                /** @description Whether no index of it is chosen, so that nothing of it is restored. */
                skipped: boolean;
            }[];
            /** @description The indices that are restored. */
            readonly restores: components["schemas"]["PlannedIndex"][];
            /** @description The indices that are deleted before. */
            readonly deletes: components["schemas"]["PlannedDeletion"][];
            /** @description What the backup holds and the restore leaves out. */
            readonly notRestored: components["schemas"]["UnrestoredIndex"][];
            /** @description Aliases that chosen indices do not get back, because other indices take their writes by now, such as after a rollover, or may do so. */
            readonly aliasesLeftOff: {
                /**
                 * @description The name of the index.
                 * @example optimize-process-instance-invoice_v8
                 */
                index: string;
                /**
                 * @description The name of the alias. `*`: all that the index had, since the backup does not record them.
                 * @example optimize-variable-update-instance
                 */
                alias: string;
                /** @description The indices that stay and take its writes. Empty: that is not known, or it is left off since another alias of the index is taken. */
                readonly writeIndices: string[];
                /**
                 * @description The call that adds the alias again, without a filter or routing that it had: the backup does not record them. For reading, where another index takes the writes; otherwise as saved.
                 * @example POST /_aliases {"actions":[{"add":{"index":"optimize-variable-update-instance_v2-000001","alias":"optimize-variable-update-instance","is_write_index":false}}]}
                 */
                add: string;
            }[];
            /** @description The names in the cluster now that are not simply those of this Optimize, by class. */
            ownership: components["schemas"]["OwnershipList"];
            /**
             * @description How many documents the restored indices hold. Null: not recorded.
             * @example 1284311
             */
            documents: number | null;
            /**
             * @description How many bytes they hold in primary shards. Null: not recorded.
             * @example 812344120
             */
            bytes: number | null;
            /**
             * @description How long it will take, in milliseconds. Null: there is nothing to estimate from.
             * @example 40000
             */
            estimatedDurationMs: number | null;
            /** @description How the templates differ from those saved. Null: the backup was saved without them. */
            templates: {
                /** @description Saved templates that the cluster lacks, as `kind/name`. */
                readonly missing: string[];
                /** @description Templates that are not as saved, as `kind/name`. */
                readonly changed: string[];
                /** @description Missing and changed ones that are not put back: they belong to another component or installation, or are not certainly ours and would be overwritten. */
                readonly leftOut: {
                    /**
                     * @description The template, as `kind/name`.
                     * @example indexTemplates/optimize-staging-custom
                     */
                    template: string;
                    /**
                     * @description Whose it is.
                     * @enum {string}
                     */
                    why: "known" | "ambiguous" | "unknown" | "otherComponent" | "otherInstallation";
                }[];
                /** @description Kinds that the engine did not report, which are neither compared nor put back. Absent: it reported all. */
                readonly unknown?: {
                    /**
                     * @description The kind of templates.
                     * @enum {string}
                     */
                    kind: "lifecyclePolicies" | "componentTemplates" | "indexTemplates" | "legacyTemplates";
                    /**
                     * @description `saved`: when the backup was saved; `now`: when the plan was made.
                     * @enum {string}
                     */
                    when: "saved" | "now";
                    /**
                     * @description The engine's own words.
                     * @example action [cluster:admin/ilm/get] is unauthorized for user [tandem]
                     */
                    reason: string;
                }[];
            } | null;
            /**
             * @description Over all of the plan. A restore needs it, as proof that the plan was seen.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            planHash: string;
            /** @description Indices in the cluster that the restore leaves as they are, by name. */
            readonly keep: components["schemas"]["KeptIndex"][];
            /** @description How long the lists are, which are read page by page with `list`. */
            counts: {
                /**
                 * @description How many indices are deleted before.
                 * @example 0
                 */
                delete: number;
                /**
                 * @description How many indices are restored.
                 * @example 61
                 */
                restore: number;
                /**
                 * @description How many indices are left as they are.
                 * @example 2
                 */
                keep: number;
                /**
                 * @description How many indices of the backup are left out.
                 * @example 0
                 */
                notRestored: number;
            };
            /** @description The lists that show only their first 100 entries. Empty: everything is here. `restores`, `deletes`, `keep` and `notRestored` can be read page by page with `list`. */
            readonly truncated: {
                /**
                 * @description Where the list is: names of fields and positions, separated by dots.
                 * @example restores
                 */
                list: string;
                /**
                 * @description How many entries it has in total.
                 * @example 10000
                 */
                count: number;
            }[];
            /** @description The request that it was made for, with defaults. A restore needs the same fields and the planHash. */
            request: {
                /**
                 * @description The id of the backup.
                 * @example nightly-2026-11-22
                 */
                backupId: string;
                /** @description Under which other names the indices are restored. Absent: in place, under the names as saved. */
                target?: {
                    /**
                     * @description A regular expression that the names of the indices match.
                     * @example ^(.+)$
                     */
                    renamePattern: string;
                    /**
                     * @description What replaces it; `$1` is the first group of the pattern.
                     * @example restored-$1
                     */
                    renameReplacement: string;
                };
                /** @description The indices that are restored, by their names in the backup. In place only these are deleted. Absent: all of the backup. */
                readonly indices?: string[];
                /**
                 * @description Whether indices that are in the way may be deleted.
                 * @default false
                 */
                deleteExisting: boolean;
                /**
                 * @description Ambiguous and unknown indices that are deleted as well.
                 * @default []
                 */
                readonly deleteUnknown: string[];
                /**
                 * @description Ambiguous and unknown indices that are left alone: what the backup holds under their names is not restored.
                 * @default []
                 */
                readonly keepUnknown: string[];
                /**
                 * @description The version of Optimize that the backup has, to restore it although the running Optimize has another. Absent: another version blocks the restore.
                 * @example 3.9.0
                 */
                acceptVersion?: string;
                /**
                 * @description Whether to restore even if the disks are estimated to be too small.
                 * @default false
                 */
                acceptDiskShort: boolean;
                /**
                 * @description Whether to delete and restore although a rehearsal could not read files of the snapshots, and none of the same indices has passed since.
                 * @default false
                 */
                acceptFailedRehearsal: boolean;
                /**
                 * @description Whether to restore chosen `indices` although they do not fit the ones that stay (`INCONSISTENT_SELECTION`).
                 * @default false
                 */
                acceptInconsistent: boolean;
                /**
                 * @description Whether to delete and restore although it was not recorded which version of an engine created the indices (`INDEX_VERSIONS_UNKNOWN`).
                 * @default false
                 */
                acceptUnknownVersions: boolean;
                /**
                 * @description Whether saved allocation settings are left out, so that any data node may hold the restored indices.
                 * @default false
                 */
                dropAllocation: boolean;
                /** @description Indices that may be deleted although no safety backup holds them. Absent: none. */
                acceptUnsaved?: string[];
            };
            /**
             * @description Where the plan can be read until `expiresAt`; its lists with `?list=`.
             * @example /api/v1/restores/plans/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            url: string;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T01:04:12.000Z
             */
            plannedAt: string;
            /**
             * Format: date-time
             * @description Until when it is stored. Null: for good, since a restore was accepted with it.
             * @example 2026-11-29T01:04:12.000Z
             */
            expiresAt: string | null;
        };
        /** @description Why a restore may not start. */
        Blocker: {
            /**
             * @description What blocks the restore, as a code.
             * @example INDICES_PRESENT
             */
            code: string;
            /**
             * @description What blocks it, in one sentence.
             * @example Indices of other components or of other installations are there under the names to restore to. They are never deleted.
             */
            message: string;
            /** @description What was found, such as names of indices or nodes. */
            readonly found: string[];
            /**
             * @description What to do about it.
             * @example Restore under other names.
             */
            remedy: string;
            /** @description What the remedy names, in full. Absent: nothing. */
            data?: {
                /** @description Of `INCONSISTENT_SELECTION`: the indices that the smallest consistent selection has in addition. Empty: see `stay`. */
                readonly add: string[];
                /** @description Indices of the cluster that the backup does not hold and that no selection with the ones found fits. Absent: none. */
                readonly stay?: string[];
            };
        };
        /** @description What does not block a restore, and should be known before it. */
        Warning: {
            /**
             * @description What the warning is about, as a code.
             * @example REHEARSAL_FAILED
             */
            code: string;
            /**
             * @description What was found, in one sentence.
             * @example The last rehearsal could not read files of the snapshots.
             */
            message: string;
        };
        /** @description An index that a restore restores. */
        PlannedIndex: {
            /**
             * @description The number of the part that holds it.
             * @example 2
             */
            part: number;
            /**
             * @description The name of the index as saved.
             * @example optimize-process-instance-invoice_v8
             */
            index: string;
            /**
             * @description The name of the index once it is restored.
             * @example optimize-process-instance-invoice_v8
             */
            as: string;
            /**
             * @description How many documents it holds. Null: not recorded.
             * @example 1284311
             */
            documents: number | null;
            /**
             * @description How many bytes it holds in primary shards. Null: not recorded.
             * @example 812344120
             */
            bytes: number | null;
        };
        /** @description An index that a restore deletes before. */
        PlannedDeletion: {
            /**
             * @description The name of the index.
             * @example optimize-process-instance-invoice_v8
             */
            index: string;
            /**
             * @description The uuid of the index.
             * @example rT4c0m1XQZ2l8b7Jf9sEwA
             */
            uuid: string;
            /**
             * @description The sum of (highest sequence number + 1) over its primary shards: it grows with each write. Null or absent: it cannot be measured.
             * @example 48213
             */
            operations?: number | null;
        };
        /** @description An index of the backup that a restore leaves out. */
        UnrestoredIndex: {
            /**
             * @description The name of the index.
             * @example optimize-process-instance-invoice_v8
             */
            index: string;
            /**
             * @description The class of the index, or `kept`: `keepUnknown` names it.
             * @enum {string}
             */
            why: "rehearsalCopy" | "outside" | "ambiguous" | "known" | "otherComponent" | "otherInstallation" | "unknown" | "kept";
        };
        /** @description The names of indices that are not simply those of this Optimize, by class. */
        OwnershipList: {
            /** @description Indices that another installation could own too. */
            readonly ambiguous: string[];
            /** @description Indices below the prefix that Optimize is not known to have. */
            readonly unknown: string[];
            /** @description Indices of another component of Camunda. */
            readonly otherComponent: string[];
            /** @description Indices of another installation of Optimize, under a longer prefix. */
            readonly otherInstallation: string[];
            /** @description Copies that a rehearsal restored. */
            readonly rehearsalCopy: string[];
            /** @description Names that do not begin with the prefix. */
            readonly outside: string[];
            /** @description Where the prefix stands: `plain`, instead of the word optimize (`acme-alert_v4`), or `optimize`, in front of it (`acme-optimize-alert_v4`). */
            readonly forms: ("plain" | "optimize")[];
        };
        /** @description An index in the cluster that the restore leaves as it is. */
        KeptIndex: {
            /**
             * @description The name of the index.
             * @example optimize-process-instance-invoice_v8
             */
            index: string;
            /**
             * @description Whose it is; `known`: of this Optimize.
             * @enum {string}
             */
            class: "rehearsalCopy" | "outside" | "ambiguous" | "known" | "otherComponent" | "otherInstallation" | "unknown";
        };
        /** @description A page of a list of a stored plan. */
        PlanPage: {
            /**
             * @description Over all of the plan. A restore needs it, as proof that the plan was seen.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            planHash: string;
            /**
             * @description The list that this is a page of.
             * @enum {string}
             */
            list: "delete" | "restore" | "keep" | "notRestored";
            /**
             * @description How many entries the list has in total.
             * @example 61
             */
            count: number;
            /** @description The page, at most `limit` of them, by name; what is restored by part first. */
            readonly items: (components["schemas"]["PlannedDeletion"] | components["schemas"]["PlannedIndex"] | components["schemas"]["KeptIndex"] | components["schemas"]["UnrestoredIndex"])[];
            /**
             * @description The `cursor` of the next page. Null: this is the last one.
             * @example eyJhZnRlciI6Im9wdGltaXplLWFsZXJ0X3Y0Iiwib2YiOiJRMmszWGJUN2FaMXBSdzhmIn0
             */
            nextCursor: string | null;
        };
        /** @description A page of restores and rehearsals. */
        RestoreList: {
            /** @description The page, at most `limit` of them. */
            items: components["schemas"]["Restore"][];
            /**
             * @description The `cursor` of the next page. Null: this is the last one.
             * @example eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9
             */
            nextCursor: string | null;
        };
        /** @description A restore that was recorded and will be run. */
        AcceptedRestore: {
            /**
             * @description The id of the restore or rehearsal, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description SUCCEEDED: it ended well, and what was restored is what was saved. SUSPENDED: does nothing until it is cancelled.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            /**
             * @description The id of the backup that is taken before anything is deleted. Null: none is.
             * @example safety-6f2d1f4e
             */
            safetyBackupId: string | null;
            /** @description What should be known before it starts. */
            readonly warnings: components["schemas"]["Warning"][];
        };
        /** @description A restore or a rehearsal with its progress and attempts. */
        RestoreWithProgress: {
            /**
             * @description The id of the restore or rehearsal, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description `rehearse`: a restore under other names, compared with what was saved and deleted again.
             * @enum {string}
             */
            kind: "restore" | "rehearse";
            /**
             * @description SUCCEEDED: it ended well, and what was restored is what was saved. SUSPENDED: does nothing until it is cancelled.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            /**
             * @description The id of the backup.
             * @example nightly-2026-11-22
             */
            backupId: string;
            /**
             * @description The version of Optimize that wrote the data in the backup.
             * @example 3.9.0
             */
            optimizeVersion: string;
            /**
             * @description The name of the snapshot repository in the engine.
             * @example backups
             */
            repository: string;
            /**
             * @description The step that it is at; if it did not end well, where it stopped.
             * @enum {string}
             */
            step: "preflight" | "safety-backup" | "delete-existing" | "parts" | "templates" | "compare" | "blocks" | "rollback" | "done";
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-11-22T01:04:12.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description When it ended. Null: it is open.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /** @description Who requested it. */
            actor: components["schemas"]["Actor"];
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
            /**
             * @description Why, as the request says. Null: it does not say.
             * @example before the migration
             */
            reason: string | null;
            /** @description Under which other names the indices are restored. Null: in place. */
            target: {
                /**
                 * @description A regular expression that the names of the indices match.
                 * @example ^(.+)$
                 */
                renamePattern: string;
                /**
                 * @description What replaces it; `$1` is the first group of the pattern.
                 * @example restored-$1
                 */
                renameReplacement: string;
            } | null;
            /**
             * @description How many indices it restores.
             * @example 61
             */
            indices: number;
            /** @description `indices` of the request, sorted. Null: it has none, so that all are restored. */
            readonly chosenIndices: string[] | null;
            /** @description `acceptInconsistent` of the request. */
            acceptInconsistent: boolean;
            /** @description The parts of the backup that hold no chosen index. */
            readonly skippedParts: number[];
            /** @description `deleteExisting` of the request. */
            deleteExisting: boolean;
            /**
             * @description How many indices it deletes before.
             * @example 0
             */
            deletes: number;
            /** @description `deleteUnknown` of the request. */
            readonly deleteUnknown: string[];
            /** @description `keepUnknown` of the request. */
            readonly keepUnknown: string[];
            /**
             * @description `acceptVersion` of the request. Null: it has none.
             * @example 3.9.0
             */
            acceptVersion: string | null;
            /** @description `acceptFailedRehearsal` of the request. */
            acceptFailedRehearsal: boolean;
            /** @description `acceptUnknownVersions` of the request. */
            acceptUnknownVersions: boolean;
            /** @description `dropAllocation` of the request. */
            dropAllocation: boolean;
            /** @description `rollback` of the request. */
            rollback: boolean;
            /** @description `restoreTemplates` of the request. */
            restoreTemplates: boolean;
            /**
             * @description The id of the backup that is taken before anything is deleted. Null: none is.
             * @example safety-6f2d1f4e
             */
            safetyBackupId: string | null;
            /**
             * @description The hash of the plan that it carries out.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            planHash: string;
            /**
             * @description Why its cancellation was requested. Null: it was not.
             * @example the wrong backup
             */
            stopReason: string | null;
            /**
             * @description How many attempts there were.
             * @example 3
             */
            attemptCount: number;
            /** @description Why it FAILED. Null: it did not. */
            failure: components["schemas"]["Reason"] | null;
            /** @description Why the last attempt failed. Null: it did not fail, the operation progressed or was retried since, or it has ended; then see `failure`. */
            lastError: components["schemas"]["LastError"] | null;
            /**
             * Format: date-time
             * @description When what failed is tried again; in the past while that attempt is running. Null: `lastError` is null, or the operation is SUSPENDED.
             * @example 2026-11-22T01:05:04.000Z
             */
            nextAttemptAt: string | null;
            /** @description Since when and why it is SUSPENDED. Null: it is not. */
            suspension: components["schemas"]["Suspension"] | null;
            /** @description What the comparison with the saved contents found. Null: it was not reached. */
            report: {
                [key: string]: unknown;
            } | null;
            /** @description How far it is. Null: it has ended, is being rolled back, or the engine does not respond. */
            progress: components["schemas"]["RestoreProgress"] | null;
            /** @description What it waits for. Null: for nothing but its next poll, or it is not open. */
            waiting: components["schemas"]["Waiting"] | null;
            /** @description Its attempts, oldest first. */
            attempts: components["schemas"]["Attempt"][];
        };
        /** @description How far a running restore is. */
        RestoreProgress: {
            /**
             * @description How many parts are restored.
             * @example 1
             */
            partsDone: number;
            /**
             * @description How many parts there are.
             * @example 2
             */
            parts: number;
            /**
             * @description How many primary shards are restored.
             * @example 18
             */
            shardsDone: number;
            /**
             * @description How many primary shards the parts have whose restore was started.
             * @example 24
             */
            shards: number;
            /**
             * @description The bytes restored so far.
             * @example 402112000
             */
            bytesDone: number;
            /**
             * @description The bytes to restore, if the backup recorded them; otherwise of the parts whose restore was started.
             * @example 812344120
             */
            bytes: number;
            /**
             * @description Bytes a second since the restore of the parts started. Null: there is nothing to compute it from yet.
             * @example 12400000
             */
            bytesPerSecond: number | null;
            /**
             * Format: date-time
             * @description When it ends at that rate. Null: there is nothing to estimate from yet.
             * @example 2026-11-22T01:04:12.000Z
             */
            estimatedEndAt: string | null;
            /** @description The indices, those that are not done first; at most 1,000. */
            indices: {
                /**
                 * @description The name of the index.
                 * @example optimize-process-instance-invoice_v8
                 */
                index: string;
                /**
                 * @description How many primary shards are restored.
                 * @example 18
                 */
                shardsDone: number;
                /**
                 * @description How many primary shards there are.
                 * @example 24
                 */
                shards: number;
                /**
                 * @description The bytes restored so far.
                 * @example 402112000
                 */
                bytesDone: number;
                /**
                 * @description The bytes to restore.
                 * @example 812344120
                 */
                bytes: number;
            }[];
            /**
             * @description How many indices are not listed.
             * @example 0
             */
            moreIndices: number;
        };
        /** @description A rehearsal that was recorded and will be run. */
        AcceptedRehearsal: {
            /**
             * @description The id of the restore or rehearsal, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            operationId: string;
            /**
             * @description SUCCEEDED: it ended well, and what was restored is what was saved. SUSPENDED: does nothing until it is cancelled.
             * @enum {string}
             */
            state: "QUEUED" | "RUNNING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED";
            /** @description What should be known before it starts. */
            readonly warnings: components["schemas"]["Warning"][];
        };
        /** @description API keys. */
        ApiKeyList: {
            /** @description The keys, newest first, at most 1000. There is one page. */
            readonly items: components["schemas"]["ApiKey"][];
        };
        /** @description A key, without its secret. */
        ApiKey: {
            /**
             * @description The id of the key: how it begins. As `id` of the actor in events.
             * @example tdm_4f9a2c7b
             */
            keyId: string;
            /**
             * @description Who uses it, as the history shows it.
             * @example nightly-ci
             */
            name: string;
            /**
             * @description What it may do.
             * @example operator
             * @enum {string}
             */
            role: "viewer" | "operator" | "restorer" | "admin";
            /**
             * @description `live`: it is accepted.
             * @example live
             * @enum {string}
             */
            state: "live" | "expired" | "revoked";
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T01:04:12.000Z
             */
            createdAt: string;
            /** @description Who created it. */
            createdBy: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description From when on it is not accepted. Null: it does not expire.
             * @example 2026-11-22T01:04:12.000Z
             */
            expiresAt: string | null;
            /**
             * @description The id of the key that a rotation put in its place. Null: it was not rotated.
             * @example tdm_8c1d5e0f
             */
            replacedBy: string | null;
            /**
             * Format: date-time
             * @description When it was revoked. Null: it was not.
             * @example 2026-11-22T01:04:12.000Z
             */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description When it was last used, to the minute. Null: never.
             * @example 2026-11-22T01:04:12.000Z
             */
            lastUsedAt: string | null;
        };
        /** @description A key that was just created. */
        CreatedApiKey: {
            /**
             * @description The id of the key: how it begins. As `id` of the actor in events.
             * @example tdm_4f9a2c7b
             */
            keyId: string;
            /**
             * @description Who uses it, as the history shows it.
             * @example nightly-ci
             */
            name: string;
            /**
             * @description What it may do.
             * @example operator
             * @enum {string}
             */
            role: "viewer" | "operator" | "restorer" | "admin";
            /**
             * @description `live`: it is accepted.
             * @example live
             * @enum {string}
             */
            state: "live" | "expired" | "revoked";
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T01:04:12.000Z
             */
            createdAt: string;
            /** @description Who created it. */
            createdBy: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description From when on it is not accepted. Null: it does not expire.
             * @example 2026-11-22T01:04:12.000Z
             */
            expiresAt: string | null;
            /**
             * @description The id of the key that a rotation put in its place. Null: it was not rotated.
             * @example tdm_8c1d5e0f
             */
            replacedBy: string | null;
            /**
             * Format: date-time
             * @description When it was revoked. Null: it was not.
             * @example 2026-11-22T01:04:12.000Z
             */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description When it was last used, to the minute. Null: never.
             * @example 2026-11-22T01:04:12.000Z
             */
            lastUsedAt: string | null;
            /**
             * @description The key itself, for `Authorization: Bearer`. It is stored nowhere, and never shown again.
             * @example tdm_4f9a2c7b_…
             */
            key: string;
        };
        /** @description The key that takes the place of another one. */
        RotatedApiKey: {
            /**
             * @description The id of the key: how it begins. As `id` of the actor in events.
             * @example tdm_4f9a2c7b
             */
            keyId: string;
            /**
             * @description Who uses it, as the history shows it.
             * @example nightly-ci
             */
            name: string;
            /**
             * @description What it may do.
             * @example operator
             * @enum {string}
             */
            role: "viewer" | "operator" | "restorer" | "admin";
            /**
             * @description `live`: it is accepted.
             * @example live
             * @enum {string}
             */
            state: "live" | "expired" | "revoked";
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-11-22T01:04:12.000Z
             */
            createdAt: string;
            /** @description Who created it. */
            createdBy: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description From when on it is not accepted. Null: it does not expire.
             * @example 2026-11-22T01:04:12.000Z
             */
            expiresAt: string | null;
            /**
             * @description The id of the key that a rotation put in its place. Null: it was not rotated.
             * @example tdm_8c1d5e0f
             */
            replacedBy: string | null;
            /**
             * Format: date-time
             * @description When it was revoked. Null: it was not.
             * @example 2026-11-22T01:04:12.000Z
             */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description When it was last used, to the minute. Null: never.
             * @example 2026-11-22T01:04:12.000Z
             */
            lastUsedAt: string | null;
            /**
             * @description The key itself, for `Authorization: Bearer`. It is stored nowhere, and never shown again.
             * @example tdm_4f9a2c7b_…
             */
            key: string;
            /** @description The old key, which expires. */
            replaced: components["schemas"]["ApiKey"];
        };
        /** @description Who sends the request, and with which role. */
        Caller: {
            /** @description Who the request comes from, as events record it. */
            actor: components["schemas"]["Actor"];
            /**
             * @description What the caller may do: each role includes those before it in this list.
             * @example operator
             * @enum {string}
             */
            role: "viewer" | "operator" | "restorer" | "admin";
        };
        /** @description One run of all checks. */
        DoctorRun: {
            /**
             * @description The id of the run, a UUID.
             * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
             */
            runId: string;
            /**
             * @description How far it is. `ABANDONED`: its process ended before it did; request another.
             * @enum {string}
             */
            state: "RUNNING" | "ENDED" | "ABANDONED";
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-11-22T01:04:12.000Z
             */
            requestedAt: string;
            /** @description Who requested it. */
            actor: components["schemas"]["Actor"];
            /**
             * @description The `X-Request-Id` of the request that caused it. Null: no request did.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string | null;
            /**
             * Format: date-time
             * @description When it ended. Null: it has not.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string | null;
            /** @description What it found. Null: it has not ended. */
            report: components["schemas"]["DoctorReport"] | null;
        };
        /** @description What the checks found. */
        DoctorReport: {
            /**
             * Format: date-time
             * @description When the checks began.
             * @example 2026-11-22T01:04:12.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description When the last one ended.
             * @example 2026-11-22T01:04:12.000Z
             */
            endedAt: string;
            /**
             * @description The worst result; `notKnown` does not count.
             * @enum {string}
             */
            verdict: "ok" | "warn" | "fail";
            /** @description How many checks have which result. */
            counts: {
                /**
                 * @description How many are ok.
                 * @example 30
                 */
                ok: number;
                /**
                 * @description How many could not be checked.
                 * @example 0
                 */
                notKnown: number;
                /**
                 * @description How many are warnings.
                 * @example 1
                 */
                warn: number;
                /**
                 * @description How many are failures.
                 * @example 0
                 */
                fail: number;
            };
            /** @description One for each check. */
            findings: components["schemas"]["DoctorFinding"][];
        };
        /** @description The result of one check. */
        DoctorFinding: {
            /**
             * @description The check; docs/doctor.md explains each.
             * @enum {string}
             */
            check: "settings" | "settings-advice" | "exposure" | "tls" | "postgresql" | "postgresql-writable" | "postgresql-migrations" | "postgresql-rights" | "postgresql-clock" | "redis" | "redis-permissions" | "redis-eviction" | "redis-persistence" | "redis-memory" | "redis-owner" | "redis-clock" | "engine" | "engine-cluster" | "engine-versions" | "engine-privileges" | "engine-disk" | "engine-shards" | "engine-allocation" | "engine-blocks" | "engine-health" | "engine-clock" | "repository" | "repository-writable" | "repository-location" | "repository-limit" | "optimize-version" | "optimize-indices" | "history-rollback" | "worker" | "api-keys";
            /**
             * @description The part that it is about.
             * @enum {string}
             */
            area: "settings" | "postgresql" | "redis" | "engine" | "repository" | "optimize" | "tandem";
            /**
             * @description `ok`: nothing to do. `warn`: works, and should be fixed. `fail`: backups or restores fail. `notKnown`: could not be checked.
             * @enum {string}
             */
            result: "ok" | "notKnown" | "warn" | "fail";
            /**
             * @description What was found.
             * @example Redis evicts keys when its memory is full.
             */
            summary: string;
            /**
             * @description What to do. Null: nothing.
             * @example Set noeviction.
             */
            remedy: string | null;
            /**
             * @description What the result is based on; never a secret.
             * @example {
             *       "policy": "allkeys-lru"
             *     }
             */
            evidence: {
                [key: string]: string | number | boolean | string[];
            };
        };
        /** @description Readiness in Spring Boot's shape. */
        Health: {
            /**
             * @description UP: everything works. DEGRADED: something does not, and requests are still served. DOWN: requests cannot be served. OUT_OF_SERVICE: the process drains before it stops.
             * @enum {string}
             */
            status: "UP" | "DEGRADED" | "DOWN" | "OUT_OF_SERVICE";
            /** @description Each has a path below /actuator/health. */
            groups: ("liveness" | "readiness")[];
            /** @description What Tandem depends on, each with its status. */
            components: {
                /** @description The database of the history. */
                postgresql: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /** @description Why it is not UP. Absent: it is. */
                    details?: {
                        /**
                         * @description Why it is not UP. Absent: it is.
                         * @example Redis does not respond.
                         */
                        reason: string;
                    };
                };
                /** @description The queue. */
                redis: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /** @description Why it is not UP. Absent: it is. */
                    details?: {
                        /**
                         * @description Why it is not UP. Absent: it is.
                         * @example Redis does not respond.
                         */
                        reason: string;
                    };
                };
                /** @description Elasticsearch or OpenSearch. */
                engine: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /** @description Why it is not UP. Absent: it is. */
                    details?: {
                        /**
                         * @description Why it is not UP. Absent: it is.
                         * @example Redis does not respond.
                         */
                        reason: string;
                    };
                };
                /** @description The configured snapshot repository. */
                repository: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /** @description Why it is not UP. Absent: it is. */
                    details?: {
                        /**
                         * @description Why it is not UP. Absent: it is.
                         * @example Redis does not respond.
                         */
                        reason: string;
                    };
                };
                /** @description The history. WARN: its database was rolled back. */
                history: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /** @description Why it is not UP. Absent: it is. */
                    details?: {
                        /**
                         * @description Why it is not UP. Absent: it is.
                         * @example Redis does not respond.
                         */
                        reason: string;
                    };
                };
                /** @description The operations. WARN: suspended ones wait for an operator. */
                operations: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /** @description Why it is not UP. Absent: it is. */
                    details?: {
                        /**
                         * @description Why it is not UP. Absent: it is.
                         * @example Redis does not respond.
                         */
                        reason: string;
                    };
                };
            };
        };
        /** @description Whether the process is alive. */
        Liveness: {
            /**
             * @description The process responds.
             * @constant
             */
            status: "UP";
        };
        /** @description Whether the process can serve requests. */
        Readiness: {
            /**
             * @description UP: everything works. DEGRADED: something does not, and requests are still served. DOWN: requests cannot be served. OUT_OF_SERVICE: the process drains before it stops.
             * @enum {string}
             */
            status: "UP" | "DEGRADED" | "DOWN" | "OUT_OF_SERVICE";
            /** @description What Tandem depends on, each with its status. */
            components: {
                /** @description The database of the history. */
                postgresql: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /**
                     * @description Why it is not UP. Absent: it is.
                     * @example Redis does not respond.
                     */
                    reason?: string;
                };
                /** @description The queue. */
                redis: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /**
                     * @description Why it is not UP. Absent: it is.
                     * @example Redis does not respond.
                     */
                    reason?: string;
                };
                /** @description Elasticsearch or OpenSearch. */
                engine: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /**
                     * @description Why it is not UP. Absent: it is.
                     * @example Redis does not respond.
                     */
                    reason?: string;
                };
                /** @description The configured snapshot repository. */
                repository: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /**
                     * @description Why it is not UP. Absent: it is.
                     * @example Redis does not respond.
                     */
                    reason?: string;
                };
                /** @description The history. WARN: its database was rolled back. */
                history: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /**
                     * @description Why it is not UP. Absent: it is.
                     * @example Redis does not respond.
                     */
                    reason?: string;
                };
                /** @description The operations. WARN: suspended ones wait for an operator. */
                operations: {
                    /**
                     * @description UP: it works. WARN: it needs an operator. DOWN: it does not work.
                     * @enum {string}
                     */
                    status: "UP" | "WARN" | "DOWN";
                    /**
                     * @description Why it is not UP. Absent: it is.
                     * @example Redis does not respond.
                     */
                    reason?: string;
                };
            };
        };
        /** @description A session of a browser, whose cookie the response sets. */
        Session: {
            /**
             * @description The name of the key.
             * @example nightly
             */
            name: string;
            /**
             * @description Its role.
             * @example operator
             * @enum {string}
             */
            role: "viewer" | "operator" | "restorer" | "admin";
            /**
             * Format: date-time
             * @description When the session ends at the latest.
             * @example 2026-11-22T01:04:12.000Z
             */
            expiresAt: string;
        };
        /** @description The session has ended here. */
        SessionEnded: {
            /**
             * @description A page of the issuer, where its own session ends. Null: there is none.
             * @example https://sso.example.com/realms/platform/protocol/openid-connect/logout
             */
            continueAt: string | null;
        };
        __schema0: unknown;
        /** @description Why a request failed (RFC 9457). More fields depend on the code. */
        Problem: {
            /**
             * @description A URI of the kind of problem.
             * @example about:blank
             */
            type: string;
            /**
             * @description What the code means, in a few words.
             * @example There is no backup with that id.
             */
            title: string;
            /**
             * @description The HTTP status of the response.
             * @example 404
             */
            status: number;
            /**
             * @description What happened and what to do, in sentences.
             * @example No backup has the id nightly-2026-11-22.
             */
            detail: string;
            /**
             * @description The failure code.
             * @example BACKUP_NOT_FOUND
             */
            code: string;
            /**
             * @description The `X-Request-Id` of the request.
             * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
             */
            requestId: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: {
        /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
        "X-Request-Id": string;
        /** @description With gzip the response is compressed. */
        "Accept-Encoding": string;
        /** @description A repeated request with the same key and body gets the same response; with another body it is refused. */
        "Idempotency-Key": string;
        /** @description The last event received from the stream, which resumes after it. */
        "Last-Event-ID": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The id of the request in the log and in events.
         * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
         */
        "X-Request-Id": string;
        /**
         * @description The URL of what was accepted.
         * @example /api/v1/backups/nightly-2026-11-22
         */
        Location: string;
        /**
         * @description The cookie of the session.
         * @example tandem_session=…; Path=/; HttpOnly; SameSite=Lax; Secure
         */
        "Set-Cookie": string;
        /**
         * @description Where the rest of a list is that was cut.
         * @example </api/v1/backups?deleted=false>; rel="next"
         */
        Link: string;
        /**
         * @description Seconds to wait before the next request.
         * @example 1
         */
        "Retry-After": number;
        /**
         * @description The compression of the body, if the client accepts one.
         * @example gzip
         */
        "Content-Encoding": string;
        /**
         * @description The highest id that may be in the file; a later export can continue after it.
         * @example 4711
         */
        "Export-Up-To": string;
        /**
         * @description The suggested file name.
         * @example attachment; filename="events.ndjson"
         */
        "Content-Disposition": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    triggerBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "backupId": "nightly-2026-11-22"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The id of the new backup.
                     * @example nightly-2026-11-22
                     */
                    backupId: string;
                };
            };
        };
        responses: {
            /** @description The names of the scheduled snapshots, part 1 first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "scheduledSnapshots": [
                     *         "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *         "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ScheduledBackup"];
                };
            };
            /** @description REQUEST_INVALID, BACKUP_ID_INVALID, REPOSITORY_NOT_CONFIGURED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BACKUP_EXISTS, SNAPSHOT_EXISTS, RESTORE_RUNNING */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, REPOSITORY_READ_ONLY, REPOSITORY_CHANGED, VERSION_UNKNOWN, VERSION_INVALID, NO_INDICES, PART_EMPTY, ENGINE_UNREACHABLE, ENGINE_TIMEOUT, ENGINE_BUSY, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED, HISTORY_UNREACHABLE, OUTCOME_UNKNOWN, VALUE_REFUSED, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readBackupState: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state, under both spellings of its field. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "State": "COMPLETED",
                     *       "state": "COMPLETED"
                     *     }
                     */
                    "application/json": components["schemas"]["BackupStateAnswer"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, REPOSITORY_CHANGED, ENGINE_UNREACHABLE, ENGINE_TIMEOUT, ENGINE_BUSY, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED, HISTORY_UNREACHABLE, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    listNumberedBackups: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backups. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "backupId": 123456,
                     *         "failureReason": null,
                     *         "state": "COMPLETED",
                     *         "details": [
                     *           {
                     *             "snapshotName": "camunda_optimize_123456_8.7.0_part_1_of_2",
                     *             "state": "SUCCESS",
                     *             "startTime": "2024-11-09T10:11:31.978+0000",
                     *             "failures": []
                     *           },
                     *           {
                     *             "snapshotName": "camunda_optimize_123456_8.7.0_part_2_of_2",
                     *             "state": "SUCCESS",
                     *             "startTime": "2024-11-09T10:11:32.978+0000",
                     *             "failures": []
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["BackupInfo"][];
                };
            };
            /** @description REQUEST_INVALID, REPOSITORY_NOT_CONFIGURED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, REPOSITORY_CHANGED, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED, HISTORY_UNREACHABLE, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_TIMEOUT, ENGINE_BUSY */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    triggerNumberedBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "backupId": 123456
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The id of the backup, a whole number.
                     * @example 123456
                     */
                    backupId: number;
                };
            };
        };
        responses: {
            /** @description The backup is recorded. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Backup creation for ID 123456 has been scheduled. Use the GET API to monitor completion of backup process"
                     *     }
                     */
                    "application/json": components["schemas"]["ScheduledNumberedBackup"];
                };
            };
            /** @description REQUEST_INVALID, BACKUP_ID_INVALID, REPOSITORY_NOT_CONFIGURED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BACKUP_EXISTS, SNAPSHOT_EXISTS, RESTORE_RUNNING */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, REPOSITORY_READ_ONLY, REPOSITORY_CHANGED, VERSION_UNKNOWN, VERSION_INVALID, NO_INDICES, PART_EMPTY, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED, HISTORY_UNREACHABLE, OUTCOME_UNKNOWN, VALUE_REFUSED, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_TIMEOUT, ENGINE_BUSY */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readNumberedBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup, a whole number. */
                backupId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": 123456,
                     *       "failureReason": null,
                     *       "state": "COMPLETED",
                     *       "details": [
                     *         {
                     *           "snapshotName": "camunda_optimize_123456_8.7.0_part_1_of_2",
                     *           "state": "SUCCESS",
                     *           "startTime": "2024-11-09T10:11:31.978+0000",
                     *           "failures": []
                     *         },
                     *         {
                     *           "snapshotName": "camunda_optimize_123456_8.7.0_part_2_of_2",
                     *           "state": "SUCCESS",
                     *           "startTime": "2024-11-09T10:11:32.978+0000",
                     *           "failures": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BackupInfo"];
                };
            };
            /** @description REQUEST_INVALID, REPOSITORY_NOT_CONFIGURED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, REPOSITORY_CHANGED, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED, HISTORY_UNREACHABLE, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_TIMEOUT, ENGINE_BUSY */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    deleteNumberedBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup, a whole number. */
                backupId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deletion is recorded. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description REQUEST_INVALID, REPOSITORY_NOT_CONFIGURED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BACKUP_HELD, BACKUP_BUSY, DISCOVERED_NOT_CONFIRMED */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED, HISTORY_UNREACHABLE, OUTCOME_UNKNOWN, VALUE_REFUSED, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_TIMEOUT, ENGINE_BUSY */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    exportEvents: {
        parameters: {
            query: {
                /** @description `ndjson`: a JSON object a line. `csv`: a header and a row a line. */
                format: "ndjson" | "csv";
                /** @description Only events of the backups of this id. Absent: of any. */
                backupId?: string;
                /** @description Only events that this actor caused: a name or an address. Absent: any. */
                actor?: string;
                /** @description Only events of these kinds; the names of earlier versions are found too. Absent: any. Several are separated by commas. */
                kind?: ("backup.requested" | "backup.refused" | "backup.discovered" | "backup.completed" | "backup.failed" | "backup.cancelled" | "backup.state-changed" | "backup.delete-requested" | "backup.deleted" | "backup.labelled" | "backup.held" | "backup.released" | "operation.retried" | "operation.cancelled" | "operation.suspended" | "operation.released" | "clock.put-back" | "part.deleted" | "snapshot.removing" | "snapshot.removed" | "plan.changed" | "ownership.changed" | "part.starting" | "part.adopted" | "part.succeeded" | "part.failed" | "part.vanished" | "attempt.failed" | "restore.requested" | "restore.step" | "restore.rolled-back" | "restore.stop-requested" | "restore.completed" | "restore.failed" | "restore.cancelled" | "rehearsal.requested" | "rehearsal.step" | "rehearsal.stop-requested" | "rehearsal.completed" | "rehearsal.failed" | "rehearsal.cancelled" | "index.removing" | "index.removed" | "index.late" | "drift.vanished" | "drift.replaced" | "drift.foreign" | "drift.returned" | "reconciliation.requested" | "repository.registering" | "repository.registered" | "repository.register-failed" | "repository.verified" | "repository.changed" | "repository.accepted" | "repository.returned" | "history.rolled-back" | "history.rollback-acknowledged" | "redis.adopted" | "access.denied" | "key.created" | "key.adopted" | "key.rotated" | "key.revoked" | "reconcile.requested")[];
                /** @description Only events at this time or later. Absent: no lower limit. A time with its zone; send `+` as `%2B`. */
                from?: string;
                /** @description Only events before this time. Absent: no upper limit. A time with its zone; send `+` as `%2B`. */
                to?: string;
                /** @description Only events that the request of this `X-Request-Id` caused. Absent: any. */
                requestId?: string;
                /** @description Only events with higher ids, to resume after an earlier export. Absent: from the first. */
                after?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description With gzip the response is compressed. */
                "Accept-Encoding"?: components["parameters"]["Accept-Encoding"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One event per line, with all columns. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    "Export-Up-To": components["headers"]["Export-Up-To"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "184",
                     *       "at": "2026-11-22T18:40:00.123456Z",
                     *       "backupId": "nightly-2026-11-22",
                     *       "kind": "backup.completed",
                     *       "actor": {
                     *         "kind": "system",
                     *         "name": "worker"
                     *       },
                     *       "source": "worker",
                     *       "reason": null,
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "before": {
                     *         "state": "IN_PROGRESS"
                     *       },
                     *       "after": {
                     *         "state": "COMPLETED"
                     *       },
                     *       "backupKey": "7",
                     *       "operationId": null
                     *     }
                     */
                    "application/x-ndjson": {
                        /**
                         * @description Decimal digits. A later event has a higher id.
                         * @example 184
                         */
                        id: string;
                        /**
                         * @description When it was written, with microseconds, in UTC.
                         * @example 2026-11-22T01:04:12.000001Z
                         */
                        at: string;
                        /**
                         * @description The `key` of the incarnation that it is about. Null: none.
                         * @example 7
                         */
                        backupKey: string | null;
                        /**
                         * @description The backup that it is about. Null: none.
                         * @example nightly-2026-11-22
                         */
                        backupId: string | null;
                        /**
                         * @description The operation that it is about. Null: none.
                         * @example 0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10
                         */
                        operationId: string | null;
                        /**
                         * @description What happened, under the name as stored.
                         * @example backup.completed
                         */
                        kind: string;
                        /** @description Who did it. */
                        actor: components["schemas"]["Json"];
                        /**
                         * @description Which part of Tandem wrote it.
                         * @example worker
                         */
                        source: string;
                        /**
                         * @description Why, as the actor said. Null: nothing was said.
                         * @example before the migration
                         */
                        reason: string | null;
                        /**
                         * @description The `X-Request-Id` of the request that caused it. Null: no request did.
                         * @example 5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11
                         */
                        requestId: string | null;
                        /** @description What changed, as it was. Null: nothing was there. */
                        before: components["schemas"]["Json"];
                        /** @description What changed, as it is now. Null: nothing is there. */
                        after: components["schemas"]["Json"];
                    } | components["schemas"]["ExportEnd"];
                    /** @example id,at,backupKey,backupId,operationId,kind,actorKind,actor,source,reason,requestId,before,after */
                    "text/csv": string;
                };
            };
            /** @description REQUEST_INVALID, HTTP_1_1_REQUIRED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "HTTP_1_1_REQUIRED";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description QUERY_TOO_LONG */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "QUERY_TOO_LONG";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, EXPORTS_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "EXPORTS_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    exportBackups: {
        parameters: {
            query: {
                /** @description `ndjson`: a JSON object a line. `csv`: a header and a row a line. */
                format: "ndjson" | "csv";
                /** @description Only backups in these states, as last seen. Absent: in any state. Several are separated by commas. */
                state?: ("COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE")[];
                /** @description Only backups of this version of Optimize. Absent: of any. */
                optimizeVersion?: string;
                /** @description Only backups in the repository of this name. Absent: in any. */
                repository?: string;
                /** @description Only backups of these origins. Absent: of any. Several are separated by commas. */
                origin?: ("requested" | "scheduled" | "discovered")[];
                /** @description Only backups that this actor requested: a name or an address. Absent: any. */
                actor?: string;
                /** @description Only the incarnations of this id. Absent: of any id. */
                backupId?: string;
                /** @description Only backups whose id begins with this. Absent: of any id. */
                backupIdPrefix?: string;
                /** @description Only the backup that has a snapshot of this name. Absent: any. */
                snapshotName?: string;
                /** @description Only backups that hold the index of this name. Absent: any. */
                index?: string;
                /** @description Only backups that were requested at this time or later. Absent: no lower limit. A time with its zone; send `+` as `%2B`. */
                requestedFrom?: string;
                /** @description Only backups that were requested before this time. Absent: no upper limit. A time with its zone; send `+` as `%2B`. */
                requestedTo?: string;
                /** @description Only backups that were ended at this time or later. Absent: no lower limit. A time with its zone; send `+` as `%2B`. */
                endedFrom?: string;
                /** @description Only backups that were ended before this time. Absent: no upper limit. A time with its zone; send `+` as `%2B`. */
                endedTo?: string;
                minDuration?: string;
                maxDuration?: string;
                /** @description Only backups of at least so many bytes. Absent: no limit. */
                bytesFrom?: number;
                /** @description Only backups of at most so many bytes. Absent: no limit. */
                bytesTo?: number;
                /** @description Only backups that are deleted, or only those that are not. Absent: both. */
                deleted?: boolean;
                /** @description Only backups that no rehearsal has proven restorable since this time, and that are not deleted unless `deleted` is given. Absent: any. A time with its zone; send `+` as `%2B`. */
                provenBefore?: string;
                /** @description Only backups with this label, as `key:value`. Absent: any. */
                label?: string;
                /** @description Only backups with a hold in force, or only those without. Absent: both. */
                held?: boolean;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description With gzip the response is compressed. */
                "Accept-Encoding"?: components["parameters"]["Accept-Encoding"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One backup per line. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    "Export-Up-To": components["headers"]["Export-Up-To"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": "7",
                     *       "backupId": "nightly-2026-11-22",
                     *       "state": "COMPLETED",
                     *       "stateSeenAt": "2026-11-22T01:04:12.000Z",
                     *       "origin": "requested",
                     *       "optimizeVersion": "3.9.0",
                     *       "profile": "optimize",
                     *       "clusterUuid": "wYb1pBq3T0uB9Z3pQd0vXg",
                     *       "repository": "backups",
                     *       "repositoryUuid": "Qm2Yp8b7R3a5K1c9S4d6Tg",
                     *       "requestedAt": "2026-11-22T01:00:00.000Z",
                     *       "requestedBy": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "finishedAt": "2026-11-22T01:04:12.000Z",
                     *       "durationMs": 252000,
                     *       "bytes": 812344120,
                     *       "deletedAt": null,
                     *       "failure": null,
                     *       "safetyOf": null,
                     *       "versionAssumed": false,
                     *       "repositoryVerified": true,
                     *       "lastProvenAt": "2026-11-22T09:12:30.000Z",
                     *       "labels": {
                     *         "env": "production"
                     *       },
                     *       "note": null,
                     *       "hold": null,
                     *       "parts": [
                     *         {
                     *           "number": 1,
                     *           "of": 2,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *           "state": "SUCCESS",
                     *           "uuid": "k3JpY0mZQ4a8S7d1Lr5uXw",
                     *           "bytes": 2112344
                     *         },
                     *         {
                     *           "number": 2,
                     *           "of": 2,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *           "state": "SUCCESS",
                     *           "uuid": "c8TqW2nVR6b0D9f3Mh7yZa",
                     *           "bytes": 810231776
                     *         }
                     *       ]
                     *     }
                     */
                    "application/x-ndjson": components["schemas"]["ExportedBackup"] | components["schemas"]["ExportEnd"];
                    /** @example key,backupId,state,stateSeenAt,origin,optimizeVersion,profile,clusterUuid,repository,repositoryUuid,requestedAt,requestedByKind,requestedBy,finishedAt,durationMs,bytes,deletedAt,failure,lastProvenAt,labels,note,hold,parts,safetyOf,versionAssumed,repositoryVerified */
                    "text/csv": string;
                };
            };
            /** @description REQUEST_INVALID, HTTP_1_1_REQUIRED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "HTTP_1_1_REQUIRED";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description QUERY_TOO_LONG */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "QUERY_TOO_LONG";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, EXPORTS_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "EXPORTS_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    readStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "at-risk",
                     *       "checkedAt": "2026-11-22T19:00:00.000Z",
                     *       "concerns": [
                     *         {
                     *           "code": "never-proven",
                     *           "leadsTo": "at-risk",
                     *           "backupId": "nightly-2026-11-22",
                     *           "operationId": null,
                     *           "message": "No backup was proven restorable. Rehearse one: POST /api/v1/backups/nightly-2026-11-22/rehearse."
                     *         }
                     *       ],
                     *       "backups": {
                     *         "lastCompleted": {
                     *           "backupId": "nightly-2026-11-22",
                     *           "optimizeVersion": "3.9.0",
                     *           "endedAt": "2026-11-22T18:47:00.000Z",
                     *           "ageMs": 780000,
                     *           "verified": true
                     *         },
                     *         "lastProven": null
                     *       },
                     *       "operations": {
                     *         "open": [],
                     *         "more": false,
                     *         "failed": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE";
                    };
                };
            };
        };
    };
    summarizeHistory: {
        parameters: {
            query?: {
                /** @description How long a period is; weeks begin on Monday, in UTC. */
                by?: "day" | "week" | "month";
                /** @description Begin of the range, inclusive. Absent: the period of the first backup, at most 400 periods ago. A time with its zone; send `+` as `%2B`. */
                from?: string;
                /** @description End of the range, exclusive. Absent: now. A time with its zone; send `+` as `%2B`. */
                to?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by": "day",
                     *       "from": "2026-11-22T00:00:00.000Z",
                     *       "to": "2026-11-22T19:00:00.000Z",
                     *       "defaulted": true,
                     *       "historyFrom": "2026-11-22T08:12:00.000Z",
                     *       "periods": [
                     *         {
                     *           "from": "2026-11-22T00:00:00.000Z",
                     *           "to": "2026-11-23T00:00:00.000Z",
                     *           "taken": 24,
                     *           "cancelled": 0,
                     *           "failed": 1,
                     *           "deleted": 0,
                     *           "durationMs": {
                     *             "p50": 420000,
                     *             "p95": 610000
                     *           },
                     *           "bytes": {
                     *             "p50": 7516192768,
                     *             "p95": 8589934592
                     *           }
                     *         }
                     *       ],
                     *       "recovery": {
                     *         "lastCompleted": {
                     *           "backupId": "nightly-2026-11-22",
                     *           "endedAt": "2026-11-22T18:47:00.000Z",
                     *           "ageMs": 780000
                     *         },
                     *         "lastRestore": null,
                     *         "lastRehearsal": {
                     *           "operationId": "01a2b3c4-0000-4000-8000-000000000001",
                     *           "backupId": "nightly-2026-11-22",
                     *           "endedAt": "2026-11-22T03:10:00.000Z",
                     *           "durationMs": 600000
                     *         }
                     *       },
                     *       "versions": [
                     *         {
                     *           "optimizeVersion": "3.9.0",
                     *           "periods": [
                     *             {
                     *               "from": "2026-11-22T00:00:00.000Z",
                     *               "to": "2026-11-23T00:00:00.000Z",
                     *               "taken": 24,
                     *               "cancelled": 0,
                     *               "failed": 1,
                     *               "deleted": 0,
                     *               "durationMs": {
                     *                 "p50": 420000,
                     *                 "p95": 610000
                     *               },
                     *               "bytes": {
                     *                 "p50": 7516192768,
                     *                 "p95": 8589934592
                     *               }
                     *             }
                     *           ],
                     *           "recovery": {
                     *             "lastCompleted": {
                     *               "backupId": "nightly-2026-11-22",
                     *               "endedAt": "2026-11-22T18:47:00.000Z",
                     *               "ageMs": 780000
                     *             },
                     *             "lastRestore": null,
                     *             "lastRehearsal": {
                     *               "operationId": "01a2b3c4-0000-4000-8000-000000000001",
                     *               "backupId": "nightly-2026-11-22",
                     *               "endedAt": "2026-11-22T03:10:00.000Z",
                     *               "durationMs": 600000
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["HistorySummary"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description QUERY_TOO_LONG */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "QUERY_TOO_LONG";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    readCalendar: {
        parameters: {
            query?: {
                /** @description Where a day begins and ends: UTC, or an IANA name such as `Europe/Berlin`. */
                timeZone?: string;
                /** @description The first day. Default: the first of the month of `to`. */
                from?: string;
                /** @description The last day, included. Default: today in the time zone. */
                to?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every day of the range. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timeZone": "Europe/Berlin",
                     *       "from": "2026-11-21",
                     *       "to": "2026-11-22",
                     *       "days": [
                     *         {
                     *           "date": "2026-11-21",
                     *           "states": {
                     *             "COMPLETED": 23,
                     *             "FAILED": 1,
                     *             "INCOMPATIBLE": 0,
                     *             "IN_PROGRESS": 0,
                     *             "INCOMPLETE": 0
                     *           },
                     *           "deleted": 0
                     *         },
                     *         {
                     *           "date": "2026-11-22",
                     *           "states": {
                     *             "COMPLETED": 18,
                     *             "FAILED": 0,
                     *             "INCOMPATIBLE": 0,
                     *             "IN_PROGRESS": 1,
                     *             "INCOMPLETE": 0
                     *           },
                     *           "deleted": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BackupCalendar"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description QUERY_TOO_LONG */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "QUERY_TOO_LONG";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    searchBackups: {
        parameters: {
            query?: {
                /** @description Only backups in these states, as last seen. Absent: in any state. Several are separated by commas. */
                state?: ("COMPLETED" | "FAILED" | "INCOMPATIBLE" | "IN_PROGRESS" | "INCOMPLETE")[];
                /** @description Only backups of this version of Optimize. Absent: of any. */
                optimizeVersion?: string;
                /** @description Only backups in the repository of this name. Absent: in any. */
                repository?: string;
                /** @description Only backups of these origins. Absent: of any. Several are separated by commas. */
                origin?: ("requested" | "scheduled" | "discovered")[];
                /** @description Only backups that this actor requested: a name or an address. Absent: any. */
                actor?: string;
                /** @description Only the incarnations of this id. Absent: of any id. */
                backupId?: string;
                /** @description Only backups whose id begins with this. Absent: of any id. */
                backupIdPrefix?: string;
                /** @description Only the backup that has a snapshot of this name. Absent: any. */
                snapshotName?: string;
                /** @description Only backups that hold the index of this name. Absent: any. */
                index?: string;
                /** @description Only backups that were requested at this time or later. Absent: no lower limit. A time with its zone; send `+` as `%2B`. */
                requestedFrom?: string;
                /** @description Only backups that were requested before this time. Absent: no upper limit. A time with its zone; send `+` as `%2B`. */
                requestedTo?: string;
                /** @description Only backups that were ended at this time or later. Absent: no lower limit. A time with its zone; send `+` as `%2B`. */
                endedFrom?: string;
                /** @description Only backups that were ended before this time. Absent: no upper limit. A time with its zone; send `+` as `%2B`. */
                endedTo?: string;
                minDuration?: string;
                maxDuration?: string;
                /** @description Only backups of at least so many bytes. Absent: no limit. */
                bytesFrom?: number;
                /** @description Only backups of at most so many bytes. Absent: no limit. */
                bytesTo?: number;
                /** @description Only backups that are deleted, or only those that are not. Absent: both. */
                deleted?: boolean;
                /** @description Only backups that no rehearsal has proven restorable since this time, and that are not deleted unless `deleted` is given. Absent: any. A time with its zone; send `+` as `%2B`. */
                provenBefore?: string;
                /** @description Only backups with this label, as `key:value`. Absent: any. */
                label?: string;
                /** @description Only backups with a hold in force, or only those without. Absent: both. */
                held?: boolean;
                /** @description By which time the backups are sorted; with a minus the newest first. */
                sort?: "-requested" | "requested" | "-ended" | "ended";
                /** @description The `nextCursor` of the page before. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
                /** @description Whether to count what fits the filters, in `total`. Absent: no. */
                total?: boolean;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of results. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "backupId": "nightly-2026-11-22",
                     *           "state": "COMPLETED",
                     *           "stateSeenAt": "2026-11-22T01:04:12.000Z",
                     *           "origin": "requested",
                     *           "optimizeVersion": "3.9.0",
                     *           "component": "optimize",
                     *           "clusterUuid": "wYb1pBq3T0uB9Z3pQd0vXg",
                     *           "repository": "backups",
                     *           "repositoryUuid": "Qm2Yp8b7R3a5K1c9S4d6Tg",
                     *           "requestedAt": "2026-11-22T01:00:00.000Z",
                     *           "actor": {
                     *             "kind": "anonymous",
                     *             "address": "10.0.0.7"
                     *           },
                     *           "endedAt": "2026-11-22T01:04:12.000Z",
                     *           "durationMs": 252000,
                     *           "bytes": 812344120,
                     *           "deletedAt": null,
                     *           "failure": null,
                     *           "safetyOf": null,
                     *           "versionAssumed": false,
                     *           "repositoryVerified": true,
                     *           "lastProvenAt": "2026-11-22T09:12:30.000Z",
                     *           "labels": {
                     *             "env": "production"
                     *           },
                     *           "note": null,
                     *           "hold": null,
                     *           "parts": [
                     *             {
                     *               "number": 1,
                     *               "of": 2,
                     *               "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *               "state": "SUCCESS",
                     *               "uuid": "k3JpY0mZQ4a8S7d1Lr5uXw",
                     *               "bytes": 2112344
                     *             },
                     *             {
                     *               "number": 2,
                     *               "of": 2,
                     *               "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *               "state": "SUCCESS",
                     *               "uuid": "c8TqW2nVR6b0D9f3Mh7yZa",
                     *               "bytes": 810231776
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9",
                     *       "range": {
                     *         "from": "2026-08-24T18:40:00.000Z",
                     *         "to": "2026-11-22T18:40:00.000Z",
                     *         "defaulted": true
                     *       },
                     *       "historyFrom": "2024-02-01T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @description The page, at most `limit` of them. */
                        items: components["schemas"]["BackupSummary"][];
                        /**
                         * @description The `cursor` of the next page. Null: this is the last one.
                         * @example eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9
                         */
                        nextCursor: string | null;
                        /** @description The range of time that was searched: 90 days, up to now unless the end was given. Absent: no filter needs one, or both ends were given. */
                        range?: {
                            /**
                             * Format: date-time
                             * @description Its begin, inclusive.
                             * @example 2026-08-24T18:40:00.000Z
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Its end, exclusive.
                             * @example 2026-11-22T18:40:00.000Z
                             */
                            to: string;
                            /**
                             * @description At least one end was not given.
                             * @example true
                             * @constant
                             */
                            defaulted: true;
                        };
                        /**
                         * Format: date-time
                         * @description When the history begins. Null: it is empty. Absent where `range` is.
                         * @example 2024-02-01T10:00:00.000Z
                         */
                        historyFrom?: string | null;
                        /**
                         * @description How many backups fit the filters, counted up to 10000. Absent: not requested.
                         * @example 412
                         */
                        total?: number;
                        /** @description Whether more than `total` fit. Absent where `total` is. */
                        totalIsCapped?: boolean;
                    };
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description QUERY_TOO_LONG */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "QUERY_TOO_LONG";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    requestBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description A repeated request with the same key and body gets the same response; with another body it is refused. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "backupId": "nightly-2026-11-22",
                 *       "reason": "before the migration"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The id of the new backup. Absent: one is made that sorts by time.
                     * @example nightly-2026-11-22
                     */
                    backupId?: string;
                    /**
                     * @description Why, in your words; stored in the history. Absent: none is stored.
                     * @example before the migration
                     */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The backup is recorded and will be taken. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "nightly-2026-11-22",
                     *       "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *       "state": "QUEUED"
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedBackup"];
                };
            };
            /** @description REQUEST_INVALID, BACKUP_ID_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "BACKUP_ID_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_EXISTS, SNAPSHOT_EXISTS, RESTORE_RUNNING, REPOSITORY_NOT_CONFIGURED, REPOSITORY_READ_ONLY, REPOSITORY_CHANGED, VERSION_UNKNOWN, VERSION_INVALID, NO_INDICES, PART_EMPTY, IDEMPOTENCY_KEY_RUNNING */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_EXISTS" | "SNAPSHOT_EXISTS" | "RESTORE_RUNNING" | "REPOSITORY_NOT_CONFIGURED" | "REPOSITORY_READ_ONLY" | "REPOSITORY_CHANGED" | "VERSION_UNKNOWN" | "VERSION_INVALID" | "NO_INDICES" | "PART_EMPTY" | "IDEMPOTENCY_KEY_RUNNING";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDEMPOTENCY_KEY_REUSED" | "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readBackup: {
        parameters: {
            query?: {
                wait?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup with its parts, operations, restores and other incarnations. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": null,
                     *       "backupId": "nightly-2026-11-22",
                     *       "state": "COMPLETED",
                     *       "stateSeenAt": "2026-11-22T01:04:12.000Z",
                     *       "origin": "requested",
                     *       "optimizeVersion": "3.9.0",
                     *       "component": "optimize",
                     *       "clusterUuid": "wYb1pBq3T0uB9Z3pQd0vXg",
                     *       "repository": "backups",
                     *       "repositoryUuid": "Qm2Yp8b7R3a5K1c9S4d6Tg",
                     *       "requestedAt": "2026-11-22T01:00:00.000Z",
                     *       "endedAt": "2026-11-22T01:04:12.000Z",
                     *       "deletedAt": null,
                     *       "failure": null,
                     *       "safetyOf": null,
                     *       "versionAssumed": false,
                     *       "ownership": {
                     *         "ambiguous": [],
                     *         "unknown": [],
                     *         "otherComponent": [],
                     *         "otherInstallation": [
                     *           "optimize-staging-metadata_v3"
                     *         ],
                     *         "rehearsalCopy": [],
                     *         "outside": [],
                     *         "forms": [
                     *           "plain"
                     *         ],
                     *         "more": {
                     *           "ambiguous": 0,
                     *           "unknown": 0,
                     *           "otherComponent": 0,
                     *           "otherInstallation": 0,
                     *           "rehearsalCopy": 0,
                     *           "outside": 0
                     *         }
                     *       },
                     *       "repositoryVerified": true,
                     *       "repositoryUnverified": null,
                     *       "bytes": 812344120,
                     *       "parts": [
                     *         {
                     *           "number": 1,
                     *           "of": 2,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *           "state": "SUCCESS",
                     *           "uuid": "k3JpY0mZQ4a8S7d1Lr5uXw",
                     *           "bytes": 2112344,
                     *           "indices": [
                     *             "optimize-position-based-import-index_v3"
                     *           ],
                     *           "startCount": 1,
                     *           "engineVersion": "7.17.0",
                     *           "startedAt": "2026-11-22T01:00:00.300Z",
                     *           "endedAt": "2026-11-22T01:01:39.900Z",
                     *           "durationMs": 99600,
                     *           "shards": {
                     *             "total": 24,
                     *             "successful": 24,
                     *             "failed": 0
                     *           },
                     *           "failures": [],
                     *           "hasManifest": true,
                     *           "drift": null
                     *         },
                     *         {
                     *           "number": 2,
                     *           "of": 2,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *           "state": "SUCCESS",
                     *           "uuid": "c8TqW2nVR6b0D9f3Mh7yZa",
                     *           "bytes": 810231776,
                     *           "indices": [
                     *             "optimize-process-instance-invoice_v8"
                     *           ],
                     *           "startCount": 1,
                     *           "engineVersion": "7.17.0",
                     *           "startedAt": "2026-11-22T01:00:00.300Z",
                     *           "endedAt": "2026-11-22T01:01:39.900Z",
                     *           "durationMs": 99600,
                     *           "shards": {
                     *             "total": 24,
                     *             "successful": 24,
                     *             "failed": 0
                     *           },
                     *           "failures": [],
                     *           "hasManifest": true,
                     *           "drift": null
                     *         }
                     *       ],
                     *       "create": {
                     *         "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *         "state": "SUCCEEDED"
                     *       },
                     *       "deletion": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "progress": null,
                     *       "lastFullProof": {
                     *         "operationId": "6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21",
                     *         "at": "2026-11-22T09:12:30.000Z",
                     *         "durationMs": 268000,
                     *         "complete": true,
                     *         "indices": 61,
                     *         "totalIndices": 61,
                     *         "documents": 1284311,
                     *         "bytes": 812344120,
                     *         "compared": {
                     *           "exists": {
                     *             "indices": 61,
                     *             "unmeasured": 0,
                     *             "different": 0
                     *           },
                     *           "primariesStarted": {
                     *             "indices": 61,
                     *             "unmeasured": 0,
                     *             "different": 0
                     *           },
                     *           "documents": {
                     *             "indices": 61,
                     *             "unmeasured": 0,
                     *             "different": 0
                     *           },
                     *           "mapping": {
                     *             "indices": 61,
                     *             "unmeasured": 0,
                     *             "different": 0
                     *           },
                     *           "settings": {
                     *             "indices": 61,
                     *             "unmeasured": 0,
                     *             "different": 0
                     *           }
                     *         },
                     *         "unmeasured": [],
                     *         "unmeasuredIndices": 0
                     *       },
                     *       "lastPartialProof": null,
                     *       "failedRehearsal": null,
                     *       "labels": {
                     *         "env": "production"
                     *       },
                     *       "note": null,
                     *       "hold": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "part": 1,
                     *           "trigger": "request",
                     *           "actor": {
                     *             "kind": "system",
                     *             "name": "worker"
                     *           },
                     *           "failureClass": null,
                     *           "reason": null,
                     *           "startedAt": "2026-11-22T01:00:00.120Z",
                     *           "endedAt": "2026-11-22T01:01:40.000Z",
                     *           "nextAttemptAt": null,
                     *           "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *           "kind": "create"
                     *         }
                     *       ],
                     *       "restores": [],
                     *       "rehearsals": [
                     *         {
                     *           "operationId": "6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21",
                     *           "kind": "rehearse",
                     *           "state": "SUCCEEDED",
                     *           "backupId": "nightly-2026-11-22",
                     *           "optimizeVersion": "3.9.0",
                     *           "repository": "backups",
                     *           "step": "done",
                     *           "requestedAt": "2026-11-22T09:08:02.000Z",
                     *           "endedAt": "2026-11-22T09:12:30.000Z",
                     *           "actor": {
                     *             "kind": "anonymous",
                     *             "address": "10.0.0.7"
                     *           },
                     *           "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *           "reason": "monthly proof",
                     *           "target": {
                     *             "renamePattern": "^(.+)$",
                     *             "renameReplacement": "tandem-rehearsal-6f2d1f4e-$1"
                     *           },
                     *           "indices": 61,
                     *           "chosenIndices": null,
                     *           "acceptInconsistent": false,
                     *           "skippedParts": [],
                     *           "deleteExisting": false,
                     *           "deletes": 0,
                     *           "deleteUnknown": [],
                     *           "keepUnknown": [],
                     *           "acceptVersion": null,
                     *           "acceptFailedRehearsal": false,
                     *           "acceptUnknownVersions": false,
                     *           "dropAllocation": true,
                     *           "rollback": true,
                     *           "restoreTemplates": false,
                     *           "safetyBackupId": null,
                     *           "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "stopReason": null,
                     *           "attemptCount": 1,
                     *           "failure": null,
                     *           "lastError": null,
                     *           "nextAttemptAt": null,
                     *           "suspension": null,
                     *           "report": {
                     *             "indices": 61,
                     *             "documents": 1284311,
                     *             "differing": 0
                     *           }
                     *         }
                     *       ],
                     *       "otherIncarnations": []
                     *     }
                     */
                    "application/json": components["schemas"]["BackupDetails"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT";
                    };
                };
            };
        };
    };
    deleteBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "older than a year"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                    /**
                     * @description Whether a backup may be deleted that Tandem did not take.
                     * @default false
                     */
                    deleteDiscovered?: boolean;
                    /**
                     * @description The id again. Required if the backup is the newest COMPLETED one of its installation, or the newest with a full proof.
                     * @example nightly-2026-11-22
                     */
                    confirm?: string;
                };
            };
        };
        responses: {
            /** @description The deletion, or the one that is already open. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *       "kind": "delete",
                     *       "state": "QUEUED",
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "repository": "backups",
                     *       "requestedAt": "2026-11-22T01:00:00.000Z",
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "nextTickAt": "2026-11-22T01:00:00.000Z",
                     *       "endedAt": null,
                     *       "attemptCount": 0,
                     *       "failureClass": null,
                     *       "failure": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "suspension": null
                     *     }
                     */
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description REQUEST_INVALID, DELETE_NOT_CONFIRMED */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "DELETE_NOT_CONFIRMED";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND, OPERATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND" | "OPERATION_NOT_FOUND";
                    };
                };
            };
            /** @description BACKUP_DELETED, BACKUP_HELD, BACKUP_BUSY, DISCOVERED_NOT_CONFIRMED */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_DELETED" | "BACKUP_HELD" | "BACKUP_BUSY" | "DISCOVERED_NOT_CONFIRMED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    annotateBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "labels": {
                 *         "env": "production",
                 *         "ticket": null
                 *       },
                 *       "hold": {
                 *         "reason": "audit of 2026",
                 *         "until": "2027-01-31T00:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Labels to set, by key; null removes one. A backup has at most 20. Absent: they stay as they are.
                     * @example {
                     *       "env": "production",
                     *       "team": null
                     *     }
                     */
                    labels?: {
                        [key: string]: string | null;
                    };
                    /**
                     * @description Replaces the note; null removes it. Absent: it stays as it is.
                     * @example before the migration to 3.10
                     */
                    note?: string | null;
                    /** @description A backup that is held cannot be deleted; null releases it. Absent: it stays as it is. */
                    hold?: {
                        /**
                         * @description Why, in your words; stored in the history.
                         * @example before the migration
                         */
                        reason: string;
                        /**
                         * Format: date-time
                         * @description Until when the backup is held, with the zone. Null: until it is released.
                         * @example 2027-01-31T00:00:00Z
                         */
                        until: string | null;
                    } | null;
                    /**
                     * @description Why labels or the note are changed. Required to release the backup. Absent: no reason is stored.
                     * @example the audit has ended
                     */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The current labels, note and hold. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "nightly-2026-11-22",
                     *       "labels": {
                     *         "env": "production"
                     *       },
                     *       "note": "before the migration to 3.10",
                     *       "hold": {
                     *         "reason": "audit of 2026",
                     *         "until": "2027-01-31T00:00:00.000Z",
                     *         "actor": {
                     *           "kind": "anonymous",
                     *           "address": "10.0.0.7"
                     *         },
                     *         "at": "2026-11-22T10:00:00.000Z",
                     *         "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Annotations"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description BACKUP_DELETED, BACKUP_BUSY */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_DELETED" | "BACKUP_BUSY";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    listBackupEvents: {
        parameters: {
            query?: {
                /** @description Given, with whatever value: the events come as server-sent events. Absent: as a page. */
                stream?: string;
                /** @description The `nextCursor` of the page before. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description The last event received from the stream, which resumes after it. */
                "Last-Event-ID"?: components["parameters"]["Last-Event-ID"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events, or a stream. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "184",
                     *           "at": "2026-11-22T01:04:12.000Z",
                     *           "backupId": "nightly-2026-11-22",
                     *           "kind": "backup.completed",
                     *           "actor": {
                     *             "kind": "system",
                     *             "name": "worker"
                     *           },
                     *           "source": "worker",
                     *           "reason": null,
                     *           "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *           "before": {
                     *             "state": "IN_PROGRESS"
                     *           },
                     *           "after": {
                     *             "state": "COMPLETED"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        /** @description The page, at most `limit` of them. */
                        items: components["schemas"]["Event"][];
                        /**
                         * @description The `cursor` of the next page. Null: this is the last one.
                         * @example eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9
                         */
                        nextCursor: string | null;
                        /** @description The range of time that was searched: 90 days, up to now unless the end was given. Absent: no filter needs one, or both ends were given. */
                        range?: {
                            /**
                             * Format: date-time
                             * @description Its begin, inclusive.
                             * @example 2026-08-24T18:40:00.000Z
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Its end, exclusive.
                             * @example 2026-11-22T18:40:00.000Z
                             */
                            to: string;
                            /**
                             * @description At least one end was not given.
                             * @example true
                             * @constant
                             */
                            defaulted: true;
                        };
                        /**
                         * Format: date-time
                         * @description When the history begins. Null: it is empty. Absent where `range` is.
                         * @example 2024-02-01T10:00:00.000Z
                         */
                        historyFrom?: string | null;
                    };
                    /**
                     * @example id: 184
                     *     event: backup.completed
                     *     data: {"id":"184","at":"2026-11-22T01:04:12.000Z","backupId":"nightly-2026-11-22","kind":"backup.completed","actor":{"kind":"system","name":"worker"},"source":"worker","reason":null,"requestId":"5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11","before":{"state":"IN_PROGRESS"},"after":{"state":"COMPLETED"}}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    readBackupCompatibility: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The engines, for the backup and per part. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "running": {
                     *         "engine": "elasticsearch",
                     *         "version": "8.19.21",
                     *         "restores": "yes"
                     *       },
                     *       "runningUnknown": null,
                     *       "engines": [
                     *         {
                     *           "engine": "elasticsearch",
                     *           "major": 7,
                     *           "restores": "no",
                     *           "fromVersion": null,
                     *           "decidedBy": {
                     *             "part": 1,
                     *             "index": "optimize-timestamp-based-import-index_v5",
                     *             "version": "Elasticsearch 8.19.9",
                     *             "versionId": 8537000
                     *           },
                     *           "why": "newer"
                     *         },
                     *         {
                     *           "engine": "elasticsearch",
                     *           "major": 8,
                     *           "restores": "yes",
                     *           "fromVersion": "8.19.9",
                     *           "decidedBy": {
                     *             "part": 1,
                     *             "index": "optimize-timestamp-based-import-index_v5",
                     *             "version": "Elasticsearch 8.19.9",
                     *             "versionId": 8537000
                     *           },
                     *           "why": null
                     *         },
                     *         {
                     *           "engine": "elasticsearch",
                     *           "major": 9,
                     *           "restores": "no",
                     *           "fromVersion": null,
                     *           "decidedBy": {
                     *             "part": 2,
                     *             "index": "optimize-process-instance-invoice_v8",
                     *             "version": "Elasticsearch 7.17.29",
                     *             "versionId": 7172999
                     *           },
                     *           "why": "older"
                     *         },
                     *         {
                     *           "engine": "opensearch",
                     *           "major": 2,
                     *           "restores": "no",
                     *           "fromVersion": null,
                     *           "decidedBy": {
                     *             "part": 1,
                     *             "index": "optimize-timestamp-based-import-index_v5",
                     *             "version": "Elasticsearch 8.19.9",
                     *             "versionId": 8537000
                     *           },
                     *           "why": "other-kind"
                     *         },
                     *         {
                     *           "engine": "opensearch",
                     *           "major": 3,
                     *           "restores": "no",
                     *           "fromVersion": null,
                     *           "decidedBy": {
                     *             "part": 1,
                     *             "index": "optimize-timestamp-based-import-index_v5",
                     *             "version": "Elasticsearch 8.19.9",
                     *             "versionId": 8537000
                     *           },
                     *           "why": "other-kind"
                     *         }
                     *       ],
                     *       "parts": [
                     *         {
                     *           "number": 1,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *           "takenBy": "Elasticsearch 8.19.9",
                     *           "versionId": 8537000,
                     *           "engines": [
                     *             {
                     *               "engine": "elasticsearch",
                     *               "major": 7,
                     *               "restores": "no",
                     *               "fromVersion": null,
                     *               "decidedBy": {
                     *                 "part": 1,
                     *                 "index": "optimize-timestamp-based-import-index_v5",
                     *                 "version": "Elasticsearch 8.19.9",
                     *                 "versionId": 8537000
                     *               },
                     *               "why": "newer"
                     *             },
                     *             {
                     *               "engine": "elasticsearch",
                     *               "major": 8,
                     *               "restores": "yes",
                     *               "fromVersion": "8.19.9",
                     *               "decidedBy": {
                     *                 "part": 1,
                     *                 "index": "optimize-timestamp-based-import-index_v5",
                     *                 "version": "Elasticsearch 8.19.9",
                     *                 "versionId": 8537000
                     *               },
                     *               "why": null
                     *             },
                     *             {
                     *               "engine": "elasticsearch",
                     *               "major": 9,
                     *               "restores": "yes",
                     *               "fromVersion": "9.0.0",
                     *               "decidedBy": null,
                     *               "why": null
                     *             },
                     *             {
                     *               "engine": "opensearch",
                     *               "major": 2,
                     *               "restores": "no",
                     *               "fromVersion": null,
                     *               "decidedBy": {
                     *                 "part": 1,
                     *                 "index": "optimize-timestamp-based-import-index_v5",
                     *                 "version": "Elasticsearch 8.19.9",
                     *                 "versionId": 8537000
                     *               },
                     *               "why": "other-kind"
                     *             },
                     *             {
                     *               "engine": "opensearch",
                     *               "major": 3,
                     *               "restores": "no",
                     *               "fromVersion": null,
                     *               "decidedBy": {
                     *                 "part": 1,
                     *                 "index": "optimize-timestamp-based-import-index_v5",
                     *                 "version": "Elasticsearch 8.19.9",
                     *                 "versionId": 8537000
                     *               },
                     *               "why": "other-kind"
                     *             }
                     *           ],
                     *           "indexCount": 1,
                     *           "unrecordedCount": 0,
                     *           "unrecorded": [],
                     *           "created": [
                     *             {
                     *               "createdBy": "Elasticsearch 8.19.9",
                     *               "versionId": 8537000,
                     *               "count": 1,
                     *               "indices": [
                     *                 "optimize-timestamp-based-import-index_v5"
                     *               ],
                     *               "engines": [
                     *                 {
                     *                   "engine": "elasticsearch",
                     *                   "major": 7,
                     *                   "restores": "no",
                     *                   "fromVersion": null,
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-timestamp-based-import-index_v5",
                     *                     "version": "Elasticsearch 8.19.9",
                     *                     "versionId": 8537000
                     *                   },
                     *                   "why": "newer"
                     *                 },
                     *                 {
                     *                   "engine": "elasticsearch",
                     *                   "major": 8,
                     *                   "restores": "yes",
                     *                   "fromVersion": "8.19.9",
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-timestamp-based-import-index_v5",
                     *                     "version": "Elasticsearch 8.19.9",
                     *                     "versionId": 8537000
                     *                   },
                     *                   "why": null
                     *                 },
                     *                 {
                     *                   "engine": "elasticsearch",
                     *                   "major": 9,
                     *                   "restores": "yes",
                     *                   "fromVersion": "9.0.0",
                     *                   "decidedBy": null,
                     *                   "why": null
                     *                 },
                     *                 {
                     *                   "engine": "opensearch",
                     *                   "major": 2,
                     *                   "restores": "no",
                     *                   "fromVersion": null,
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-timestamp-based-import-index_v5",
                     *                     "version": "Elasticsearch 8.19.9",
                     *                     "versionId": 8537000
                     *                   },
                     *                   "why": "other-kind"
                     *                 },
                     *                 {
                     *                   "engine": "opensearch",
                     *                   "major": 3,
                     *                   "restores": "no",
                     *                   "fromVersion": null,
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-timestamp-based-import-index_v5",
                     *                     "version": "Elasticsearch 8.19.9",
                     *                     "versionId": 8537000
                     *                   },
                     *                   "why": "other-kind"
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "number": 2,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *           "takenBy": "Elasticsearch 8.19.9",
                     *           "versionId": 8537000,
                     *           "engines": [
                     *             {
                     *               "engine": "elasticsearch",
                     *               "major": 7,
                     *               "restores": "no",
                     *               "fromVersion": null,
                     *               "decidedBy": {
                     *                 "part": 2,
                     *                 "index": null,
                     *                 "version": "Elasticsearch 8.19.9",
                     *                 "versionId": 8537000
                     *               },
                     *               "why": "newer"
                     *             },
                     *             {
                     *               "engine": "elasticsearch",
                     *               "major": 8,
                     *               "restores": "yes",
                     *               "fromVersion": "8.19.9",
                     *               "decidedBy": {
                     *                 "part": 2,
                     *                 "index": null,
                     *                 "version": "Elasticsearch 8.19.9",
                     *                 "versionId": 8537000
                     *               },
                     *               "why": null
                     *             },
                     *             {
                     *               "engine": "elasticsearch",
                     *               "major": 9,
                     *               "restores": "no",
                     *               "fromVersion": null,
                     *               "decidedBy": {
                     *                 "part": 2,
                     *                 "index": "optimize-process-instance-invoice_v8",
                     *                 "version": "Elasticsearch 7.17.29",
                     *                 "versionId": 7172999
                     *               },
                     *               "why": "older"
                     *             },
                     *             {
                     *               "engine": "opensearch",
                     *               "major": 2,
                     *               "restores": "no",
                     *               "fromVersion": null,
                     *               "decidedBy": {
                     *                 "part": 2,
                     *                 "index": "optimize-process-instance-invoice_v8",
                     *                 "version": "Elasticsearch 7.17.29",
                     *                 "versionId": 7172999
                     *               },
                     *               "why": "other-kind"
                     *             },
                     *             {
                     *               "engine": "opensearch",
                     *               "major": 3,
                     *               "restores": "no",
                     *               "fromVersion": null,
                     *               "decidedBy": {
                     *                 "part": 2,
                     *                 "index": "optimize-process-instance-invoice_v8",
                     *                 "version": "Elasticsearch 7.17.29",
                     *                 "versionId": 7172999
                     *               },
                     *               "why": "other-kind"
                     *             }
                     *           ],
                     *           "indexCount": 1,
                     *           "unrecordedCount": 0,
                     *           "unrecorded": [],
                     *           "created": [
                     *             {
                     *               "createdBy": "Elasticsearch 7.17.29",
                     *               "versionId": 7172999,
                     *               "count": 1,
                     *               "indices": [
                     *                 "optimize-process-instance-invoice_v8"
                     *               ],
                     *               "engines": [
                     *                 {
                     *                   "engine": "elasticsearch",
                     *                   "major": 7,
                     *                   "restores": "yes",
                     *                   "fromVersion": "7.17.29",
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-process-instance-invoice_v8",
                     *                     "version": "Elasticsearch 7.17.29",
                     *                     "versionId": 7172999
                     *                   },
                     *                   "why": null
                     *                 },
                     *                 {
                     *                   "engine": "elasticsearch",
                     *                   "major": 8,
                     *                   "restores": "yes",
                     *                   "fromVersion": "8.0.0",
                     *                   "decidedBy": null,
                     *                   "why": null
                     *                 },
                     *                 {
                     *                   "engine": "elasticsearch",
                     *                   "major": 9,
                     *                   "restores": "no",
                     *                   "fromVersion": null,
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-process-instance-invoice_v8",
                     *                     "version": "Elasticsearch 7.17.29",
                     *                     "versionId": 7172999
                     *                   },
                     *                   "why": "older"
                     *                 },
                     *                 {
                     *                   "engine": "opensearch",
                     *                   "major": 2,
                     *                   "restores": "no",
                     *                   "fromVersion": null,
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-process-instance-invoice_v8",
                     *                     "version": "Elasticsearch 7.17.29",
                     *                     "versionId": 7172999
                     *                   },
                     *                   "why": "other-kind"
                     *                 },
                     *                 {
                     *                   "engine": "opensearch",
                     *                   "major": 3,
                     *                   "restores": "no",
                     *                   "fromVersion": null,
                     *                   "decidedBy": {
                     *                     "part": 1,
                     *                     "index": "optimize-process-instance-invoice_v8",
                     *                     "version": "Elasticsearch 7.17.29",
                     *                     "versionId": 7172999
                     *                   },
                     *                   "why": "other-kind"
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BackupCompatibility"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description BACKUP_DELETED */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_DELETED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT";
                    };
                };
            };
        };
    };
    checkUpgrade: {
        parameters: {
            query: {
                /** @description The kind of engine to change to. */
                engine: "elasticsearch" | "opensearch";
                /** @description The version: a release such as 9.5.3, or a line such as 9.5 or 9, which means its last release. */
                version: string;
                /** @description The `nextCursor` of the page before. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What would be unusable. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "engine": "elasticsearch",
                     *       "version": "9",
                     *       "running": {
                     *         "engine": "elasticsearch",
                     *         "version": "8.19.21"
                     *       },
                     *       "backups": {
                     *         "unusable": {
                     *           "count": 1,
                     *           "isMinimum": false
                     *         },
                     *         "undecided": {
                     *           "count": 0,
                     *           "isMinimum": false
                     *         },
                     *         "items": [
                     *           {
                     *             "backupId": "nightly-2026-11-22",
                     *             "optimizeVersion": "3.9.0",
                     *             "repository": "backups",
                     *             "requestedAt": "2026-11-22T01:00:00.000Z",
                     *             "safetyOf": null,
                     *             "parts": [
                     *               {
                     *                 "number": 2,
                     *                 "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *                 "index": "optimize-process-instance-invoice_v8",
                     *                 "version": "Elasticsearch 7.17.29",
                     *                 "versionId": 7172999,
                     *                 "why": "older"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "nextCursor": null
                     *       },
                     *       "indices": {
                     *         "known": true,
                     *         "unknownReason": null,
                     *         "checked": 34,
                     *         "unreadableCount": 1,
                     *         "unreadable": [
                     *           {
                     *             "index": "optimize-process-instance-invoice_v8",
                     *             "createdBy": "Elasticsearch 7.17.29",
                     *             "versionId": 7172999,
                     *             "why": "older"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UpgradeCheck"];
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description QUERY_TOO_LONG */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "QUERY_TOO_LONG";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    searchEvents: {
        parameters: {
            query?: {
                /** @description Only events of the backups of this id. Absent: of any. */
                backupId?: string;
                /** @description Only events that this actor caused: a name or an address. Absent: any. */
                actor?: string;
                /** @description Only events of these kinds; the names of earlier versions are found too. Absent: any. Several are separated by commas. */
                kind?: ("backup.requested" | "backup.refused" | "backup.discovered" | "backup.completed" | "backup.failed" | "backup.cancelled" | "backup.state-changed" | "backup.delete-requested" | "backup.deleted" | "backup.labelled" | "backup.held" | "backup.released" | "operation.retried" | "operation.cancelled" | "operation.suspended" | "operation.released" | "clock.put-back" | "part.deleted" | "snapshot.removing" | "snapshot.removed" | "plan.changed" | "ownership.changed" | "part.starting" | "part.adopted" | "part.succeeded" | "part.failed" | "part.vanished" | "attempt.failed" | "restore.requested" | "restore.step" | "restore.rolled-back" | "restore.stop-requested" | "restore.completed" | "restore.failed" | "restore.cancelled" | "rehearsal.requested" | "rehearsal.step" | "rehearsal.stop-requested" | "rehearsal.completed" | "rehearsal.failed" | "rehearsal.cancelled" | "index.removing" | "index.removed" | "index.late" | "drift.vanished" | "drift.replaced" | "drift.foreign" | "drift.returned" | "reconciliation.requested" | "repository.registering" | "repository.registered" | "repository.register-failed" | "repository.verified" | "repository.changed" | "repository.accepted" | "repository.returned" | "history.rolled-back" | "history.rollback-acknowledged" | "redis.adopted" | "access.denied" | "key.created" | "key.adopted" | "key.rotated" | "key.revoked" | "reconcile.requested")[];
                /** @description Only events at this time or later. Absent: no lower limit. A time with its zone; send `+` as `%2B`. */
                from?: string;
                /** @description Only events before this time. Absent: no upper limit. A time with its zone; send `+` as `%2B`. */
                to?: string;
                /** @description Only events that the request of this `X-Request-Id` caused. Absent: any. */
                requestId?: string;
                /** @description The `nextCursor` of the page before. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of results. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "184",
                     *           "at": "2026-11-22T01:04:12.000Z",
                     *           "backupId": "nightly-2026-11-22",
                     *           "kind": "backup.completed",
                     *           "actor": {
                     *             "kind": "system",
                     *             "name": "worker"
                     *           },
                     *           "source": "worker",
                     *           "reason": null,
                     *           "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *           "before": {
                     *             "state": "IN_PROGRESS"
                     *           },
                     *           "after": {
                     *             "state": "COMPLETED"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9",
                     *       "range": {
                     *         "from": "2026-08-24T18:40:00.000Z",
                     *         "to": "2026-11-22T18:40:00.000Z",
                     *         "defaulted": true
                     *       },
                     *       "historyFrom": "2024-02-01T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @description The page, at most `limit` of them. */
                        items: components["schemas"]["Event"][];
                        /**
                         * @description The `cursor` of the next page. Null: this is the last one.
                         * @example eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9
                         */
                        nextCursor: string | null;
                        /** @description The range of time that was searched: 90 days, up to now unless the end was given. Absent: no filter needs one, or both ends were given. */
                        range?: {
                            /**
                             * Format: date-time
                             * @description Its begin, inclusive.
                             * @example 2026-08-24T18:40:00.000Z
                             */
                            from: string;
                            /**
                             * Format: date-time
                             * @description Its end, exclusive.
                             * @example 2026-11-22T18:40:00.000Z
                             */
                            to: string;
                            /**
                             * @description At least one end was not given.
                             * @example true
                             * @constant
                             */
                            defaulted: true;
                        };
                        /**
                         * Format: date-time
                         * @description When the history begins. Null: it is empty. Absent where `range` is.
                         * @example 2024-02-01T10:00:00.000Z
                         */
                        historyFrom?: string | null;
                    };
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description QUERY_TOO_LONG */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "QUERY_TOO_LONG";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    findSnapshot: {
        parameters: {
            query: {
                /** @description The name of the snapshot. */
                snapshotName: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup, and others that had a snapshot with the same name. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *       "part": 1,
                     *       "backup": {
                     *         "backupId": "nightly-2026-11-22",
                     *         "state": "COMPLETED",
                     *         "stateSeenAt": "2026-11-22T01:04:12.000Z",
                     *         "origin": "requested",
                     *         "optimizeVersion": "3.9.0",
                     *         "component": "optimize",
                     *         "clusterUuid": "wYb1pBq3T0uB9Z3pQd0vXg",
                     *         "repository": "backups",
                     *         "repositoryUuid": "Qm2Yp8b7R3a5K1c9S4d6Tg",
                     *         "requestedAt": "2026-11-22T01:00:00.000Z",
                     *         "actor": {
                     *           "kind": "anonymous",
                     *           "address": "10.0.0.7"
                     *         },
                     *         "endedAt": "2026-11-22T01:04:12.000Z",
                     *         "durationMs": 252000,
                     *         "bytes": 812344120,
                     *         "deletedAt": null,
                     *         "failure": null,
                     *         "safetyOf": null,
                     *         "versionAssumed": false,
                     *         "repositoryVerified": true,
                     *         "lastProvenAt": "2026-11-22T09:12:30.000Z",
                     *         "labels": {
                     *           "env": "production"
                     *         },
                     *         "note": null,
                     *         "hold": null,
                     *         "parts": [
                     *           {
                     *             "number": 1,
                     *             "of": 2,
                     *             "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *             "state": "SUCCESS",
                     *             "uuid": "k3JpY0mZQ4a8S7d1Lr5uXw",
                     *             "bytes": 2112344
                     *           },
                     *           {
                     *             "number": 2,
                     *             "of": 2,
                     *             "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *             "state": "SUCCESS",
                     *             "uuid": "c8TqW2nVR6b0D9f3Mh7yZa",
                     *             "bytes": 810231776
                     *           }
                     *         ]
                     *       },
                     *       "others": []
                     *     }
                     */
                    "application/json": components["schemas"]["FoundSnapshot"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    readHistoryStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current status. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "historyId": "a3c9a6f4-5d2b-4b57-9c39-0d6f8a1f5b10",
                     *       "epoch": "5f0f7a52-0c5e-4e0b-8a8e-7a9b1f5f2f11",
                     *       "heartbeatAt": "2026-11-22T01:09:58.120394Z",
                     *       "rollback": {
                     *         "detectedAt": "2026-11-22T01:10:00.412083Z",
                     *         "lossMs": 86400000,
                     *         "suspends": "everything",
                     *         "mark": {
                     *           "source": "redis",
                     *           "eventId": "48213",
                     *           "is": "missing",
                     *           "at": "2026-11-22T01:09:00.000000Z"
                     *         }
                     *       },
                     *       "redis": {
                     *         "read": true,
                     *         "marks": 1,
                     *         "unread": null
                     *       },
                     *       "snapshots": {
                     *         "read": true,
                     *         "marks": 0,
                     *         "unread": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HistoryStatus"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    acknowledgeRollback: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "restored from the dump of 2026-11-21"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The rollback is acknowledged. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "historyId": "a3c9a6f4-5d2b-4b57-9c39-0d6f8a1f5b10",
                     *       "epoch": "5f0f7a52-0c5e-4e0b-8a8e-7a9b1f5f2f11",
                     *       "heartbeatAt": "2026-11-22T01:09:58.120394Z",
                     *       "rollback": null,
                     *       "redis": {
                     *         "read": true,
                     *         "marks": 1,
                     *         "unread": null
                     *       },
                     *       "snapshots": {
                     *         "read": true,
                     *         "marks": 0,
                     *         "unread": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HistoryStatus"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HISTORY_NOT_ROLLED_BACK */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HISTORY_NOT_ROLLED_BACK";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readLatestReconciliation: {
        parameters: {
            query?: {
                wait?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reconciliation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "reconciliationId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "ENDED",
                     *       "trigger": "request",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "nightly-check",
                     *       "startedAt": "2026-11-22T01:10:00.412Z",
                     *       "endedAt": "2026-11-22T01:10:00.655Z",
                     *       "complete": true,
                     *       "figures": {
                     *         "backups": 30,
                     *         "skipped": 0,
                     *         "parts": {
                     *           "present": 59,
                     *           "vanished": 1,
                     *           "replaced": 0,
                     *           "foreign": 0,
                     *           "unread": 0
                     *         },
                     *         "changedCount": 1,
                     *         "changed": [
                     *           {
                     *             "backupId": "nightly-2026-11-22",
                     *             "optimizeVersion": "3.9.0",
                     *             "before": "COMPLETED",
                     *             "state": "INCOMPLETE",
                     *             "parts": [
                     *               {
                     *                 "number": 2,
                     *                 "is": "vanished"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "discoveredCount": 0,
                     *         "discovered": [],
                     *         "unverifiedCount": 0,
                     *         "unverified": [],
                     *         "repositories": [
                     *           {
                     *             "repository": "optimize-backups",
                     *             "clusterUuid": "m3X0h1kVQ0y1bqgD4cT5Lg",
                     *             "repositoryUuid": "Qn7o2WmRTz6v8YbKc1sEdA",
                     *             "backups": 30,
                     *             "snapshots": 59,
                     *             "parts": {
                     *               "present": 59,
                     *               "vanished": 1,
                     *               "replaced": 0,
                     *               "foreign": 0,
                     *               "unread": 0
                     *             },
                     *             "unread": null
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description RECONCILIATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "RECONCILIATION_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    requestReconciliation: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the repository was mounted from its copy",
                 *       "wait": "30s"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history. Absent: none is stored.
                     * @example before the migration
                     */
                    reason?: string;
                    /**
                     * @description How long the response may wait for its end. A number and its unit: ms, s, m or h; at most 300 s.
                     * @example 30s
                     */
                    wait?: string;
                };
            };
        };
        responses: {
            /** @description The reconciliation has ended. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "reconciliationId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "ENDED",
                     *       "trigger": "request",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "nightly-check",
                     *       "startedAt": "2026-11-22T01:10:00.412Z",
                     *       "endedAt": "2026-11-22T01:10:00.655Z",
                     *       "complete": true,
                     *       "figures": {
                     *         "backups": 30,
                     *         "skipped": 0,
                     *         "parts": {
                     *           "present": 59,
                     *           "vanished": 1,
                     *           "replaced": 0,
                     *           "foreign": 0,
                     *           "unread": 0
                     *         },
                     *         "changedCount": 1,
                     *         "changed": [
                     *           {
                     *             "backupId": "nightly-2026-11-22",
                     *             "optimizeVersion": "3.9.0",
                     *             "before": "COMPLETED",
                     *             "state": "INCOMPLETE",
                     *             "parts": [
                     *               {
                     *                 "number": 2,
                     *                 "is": "vanished"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "discoveredCount": 0,
                     *         "discovered": [],
                     *         "unverifiedCount": 0,
                     *         "unverified": [],
                     *         "repositories": [
                     *           {
                     *             "repository": "optimize-backups",
                     *             "clusterUuid": "m3X0h1kVQ0y1bqgD4cT5Lg",
                     *             "repositoryUuid": "Qn7o2WmRTz6v8YbKc1sEdA",
                     *             "backups": 30,
                     *             "snapshots": 59,
                     *             "parts": {
                     *               "present": 59,
                     *               "vanished": 1,
                     *               "replaced": 0,
                     *               "foreign": 0,
                     *               "unread": 0
                     *             },
                     *             "unread": null
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description The reconciliation is queued or running. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "reconciliationId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "QUEUED",
                     *       "trigger": "request",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "nightly-check",
                     *       "startedAt": null,
                     *       "endedAt": null,
                     *       "complete": false,
                     *       "figures": null
                     *     }
                     */
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readReconciliation: {
        parameters: {
            query?: {
                wait?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the reconciliation. */
                reconciliationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reconciliation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "reconciliationId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "ENDED",
                     *       "trigger": "request",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "nightly-check",
                     *       "startedAt": "2026-11-22T01:10:00.412Z",
                     *       "endedAt": "2026-11-22T01:10:00.655Z",
                     *       "complete": true,
                     *       "figures": {
                     *         "backups": 30,
                     *         "skipped": 0,
                     *         "parts": {
                     *           "present": 59,
                     *           "vanished": 1,
                     *           "replaced": 0,
                     *           "foreign": 0,
                     *           "unread": 0
                     *         },
                     *         "changedCount": 1,
                     *         "changed": [
                     *           {
                     *             "backupId": "nightly-2026-11-22",
                     *             "optimizeVersion": "3.9.0",
                     *             "before": "COMPLETED",
                     *             "state": "INCOMPLETE",
                     *             "parts": [
                     *               {
                     *                 "number": 2,
                     *                 "is": "vanished"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "discoveredCount": 0,
                     *         "discovered": [],
                     *         "unverifiedCount": 0,
                     *         "unverified": [],
                     *         "repositories": [
                     *           {
                     *             "repository": "optimize-backups",
                     *             "clusterUuid": "m3X0h1kVQ0y1bqgD4cT5Lg",
                     *             "repositoryUuid": "Qn7o2WmRTz6v8YbKc1sEdA",
                     *             "backups": 30,
                     *             "snapshots": 59,
                     *             "parts": {
                     *               "present": 59,
                     *               "vanished": 1,
                     *               "replaced": 0,
                     *               "foreign": 0,
                     *               "unread": 0
                     *             },
                     *             "unread": null
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description RECONCILIATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "RECONCILIATION_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    listRepositories: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The repositories. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "repository": "optimize-backups",
                     *           "clusterUuid": "m3X0h1kVQ0y1bqgD4cT5Lg",
                     *           "isConfigured": true,
                     *           "isRegistered": true,
                     *           "type": "fs",
                     *           "settings": {
                     *             "location": "/mnt/backups",
                     *             "compress": "true"
                     *           },
                     *           "secretSettings": [],
                     *           "readOnly": null,
                     *           "repositoryUuid": "Qn7o2WmRTz6v8YbKc1sEdA",
                     *           "recorded": {
                     *             "backups": 61,
                     *             "newestBackupId": "nightly-2026-11-22",
                     *             "repositoryUuid": "Qn7o2WmRTz6v8YbKc1sEdA",
                     *             "settings": "same"
                     *           },
                     *           "changed": null,
                     *           "lastVerification": {
                     *             "verified": true,
                     *             "nodes": [
                     *               "node-1",
                     *               "node-2"
                     *             ],
                     *             "failedNodes": [],
                     *             "reason": null,
                     *             "at": "2026-11-22T01:10:00.655Z"
                     *           }
                     *         }
                     *       ],
                     *       "engineFailure": null
                     *     }
                     */
                    "application/json": components["schemas"]["SnapshotRepositoryList"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    putRepository: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The name of the repository. */
                name: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "fs",
                 *       "settings": {
                 *         "location": "/mnt/backups",
                 *         "compress": true
                 *       },
                 *       "reason": "the new mount"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The type of the repository.
                     * @example fs
                     * @enum {string}
                     */
                    type: "fs" | "s3" | "gcs" | "azure" | "url";
                    /**
                     * @description All settings, as the engine names them; texts, numbers, true and false. Those that are left out are removed. Secrets are refused: they belong in the keystore of the engine.
                     * @example {
                     *       "location": "/mnt/backups",
                     *       "compress": true
                     *     }
                     */
                    settings: {
                        [key: string]: unknown;
                    };
                    /**
                     * @description Whether every node verifies it once it is registered.
                     * @default true
                     */
                    verify?: boolean;
                    /**
                     * @description The name of the repository again. Required if backups are recorded in it and it leads to another location.
                     * @example backups
                     */
                    confirm?: string;
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description It is registered. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "repository": "optimize-backups",
                     *       "clusterUuid": "m3X0h1kVQ0y1bqgD4cT5Lg",
                     *       "change": "settings",
                     *       "backups": 61,
                     *       "verification": {
                     *         "verified": true,
                     *         "nodes": [
                     *           "node-1",
                     *           "node-2"
                     *         ],
                     *         "failedNodes": [],
                     *         "reason": null,
                     *         "at": "2026-11-22T01:10:00.655Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PutRepository"];
                };
            };
            /** @description REQUEST_INVALID, REPOSITORY_SECRET */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "REPOSITORY_SECRET";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description REPOSITORY_NOT_CONFIRMED, REPOSITORY_IN_USE, REPOSITORY_BUSY, REPOSITORY_REFUSED */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REPOSITORY_NOT_CONFIRMED" | "REPOSITORY_IN_USE" | "REPOSITORY_BUSY" | "REPOSITORY_REFUSED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    verifyRepository: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The name of the repository. */
                name: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "after the storage was replaced"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history. Absent: none is stored.
                     * @example before the migration
                     */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The result. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "verified": true,
                     *       "nodes": [
                     *         "node-1",
                     *         "node-2"
                     *       ],
                     *       "failedNodes": [],
                     *       "reason": null,
                     *       "at": "2026-11-22T01:10:00.655Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RepositoryVerification"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description REPOSITORY_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REPOSITORY_NOT_FOUND";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    acceptRepository: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The name of the repository. */
                name: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the old bucket is lost"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The repository is accepted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "repository": "optimize-backups",
                     *       "clusterUuid": "m3X0h1kVQ0y1bqgD4cT5Lg",
                     *       "repositoryUuid": "Qn7o2WmRTz6v8YbKc1sEdA",
                     *       "noticedAt": "2026-11-22T01:10:00.655Z",
                     *       "missing": 3,
                     *       "settings": "changed",
                     *       "reconciliationId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44"
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedRepository"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description REPOSITORY_NOT_CHANGED */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REPOSITORY_NOT_CHANGED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    listSeals: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of seals. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "number": 18,
                     *           "previous": "abababababababababababababababababababababababababababababababab",
                     *           "events": [
                     *             [
                     *               "4711",
                     *               "4711"
                     *             ]
                     *           ],
                     *           "count": 1,
                     *           "root": "dcca853ac2b3633508ff5e97db81dc2080d5124e7851b956105da76b288baf79",
                     *           "through": "4711",
                     *           "waiting": [],
                     *           "sealedAt": "2026-11-22T01:00:08.120311Z",
                     *           "hash": "39d9328d8a5163c8851d5331d3adcfea3c6ec0abd9f36c7b8df9de19cbf39aa9",
                     *           "signature": null,
                     *           "keyId": null
                     *         }
                     *       ],
                     *       "nextCursor": "eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9"
                     *     }
                     */
                    "application/json": {
                        /** @description The page, at most `limit` of them. */
                        items: components["schemas"]["Seal"][];
                        /**
                         * @description The `cursor` of the next page. Null: this is the last one.
                         * @example eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9
                         */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    proveBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof; `intact` is false if anything does not match. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "nightly-2026-11-22",
                     *       "intact": true,
                     *       "findings": [],
                     *       "backups": [
                     *         {
                     *           "key": "42",
                     *           "backupId": "nightly-2026-11-22",
                     *           "origin": "requested",
                     *           "state": "IN_PROGRESS",
                     *           "requestedAt": "2026-11-22T01:00:00.000213Z",
                     *           "deletedAt": null,
                     *           "labels": {},
                     *           "note": null,
                     *           "hold": null,
                     *           "heldUntil": null
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "event": {
                     *             "id": "4711",
                     *             "at": "2026-11-22T01:00:00.000213Z",
                     *             "backupKey": "42",
                     *             "backupId": "nightly-2026-11-22",
                     *             "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *             "kind": "backup.requested",
                     *             "actor": {
                     *               "kind": "anonymous",
                     *               "address": "10.0.0.7"
                     *             },
                     *             "source": "api",
                     *             "reason": null,
                     *             "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *             "before": null,
                     *             "after": {
                     *               "state": "IN_PROGRESS"
                     *             }
                     *           },
                     *           "leaf": "dcca853ac2b3633508ff5e97db81dc2080d5124e7851b956105da76b288baf79",
                     *           "seal": 18,
                     *           "proof": []
                     *         }
                     *       ],
                     *       "allEvents": true,
                     *       "moreEvents": 0,
                     *       "unsealed": 0,
                     *       "seals": [
                     *         {
                     *           "number": 18,
                     *           "previous": "abababababababababababababababababababababababababababababababab",
                     *           "events": [
                     *             [
                     *               "4711",
                     *               "4711"
                     *             ]
                     *           ],
                     *           "count": 1,
                     *           "root": "dcca853ac2b3633508ff5e97db81dc2080d5124e7851b956105da76b288baf79",
                     *           "through": "4711",
                     *           "waiting": [],
                     *           "sealedAt": "2026-11-22T01:00:08.120311Z",
                     *           "hash": "39d9328d8a5163c8851d5331d3adcfea3c6ec0abd9f36c7b8df9de19cbf39aa9",
                     *           "signature": null,
                     *           "keyId": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BackupProof"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /** @description Only operations in these states. Absent: in any state. Several are separated by commas. */
                state?: ("QUEUED" | "RUNNING" | "WAITING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED")[];
                /** @description Only operations of these kinds. Absent: of any kind. Several are separated by commas. */
                kind?: ("create" | "delete" | "restore" | "rehearse")[];
                /** @description Only operations on the backups of this id. Absent: on any. */
                backupId?: string;
                /** @description Only operations whose last attempt failed in this class. Absent: of any. */
                failureClass?: "transient" | "terminal" | "operator";
                /** @description The `nextCursor` of the page before. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of operations. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *           "kind": "create",
                     *           "state": "SUCCEEDED",
                     *           "backupId": "nightly-2026-11-22",
                     *           "optimizeVersion": "3.9.0",
                     *           "repository": "backups",
                     *           "requestedAt": "2026-11-22T01:00:00.000Z",
                     *           "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *           "actor": {
                     *             "kind": "anonymous",
                     *             "address": "10.0.0.7"
                     *           },
                     *           "nextTickAt": null,
                     *           "endedAt": "2026-11-22T01:04:12.000Z",
                     *           "attemptCount": 2,
                     *           "failureClass": null,
                     *           "failure": null,
                     *           "lastError": null,
                     *           "nextAttemptAt": null,
                     *           "suspension": null
                     *         }
                     *       ],
                     *       "nextCursor": "eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9"
                     *     }
                     */
                    "application/json": components["schemas"]["OperationList"];
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    retryOperations: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "kind": [
                 *           "create"
                 *         ]
                 *       },
                 *       "reason": "the disk was replaced"
                 *     }
                 */
                "application/json": {
                    /** @description Which FAILED operations. Every field that is given must fit. */
                    filter: {
                        /** @description Only operations of these kinds, deletions only where they are named. Restores never are among them. */
                        kind?: ("create" | "delete" | "restore" | "rehearse")[];
                        /**
                         * @description Only operations on the backups of this id. Absent: on any.
                         * @example nightly-2026-11-22
                         */
                        backupId?: string;
                        /**
                         * @description Only operations whose last attempt failed in this class. Absent: of any.
                         * @enum {string}
                         */
                        failureClass?: "transient" | "terminal" | "operator";
                    };
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                    /**
                     * @description The token of a preview with the same filter: what was previewed is done, and nothing else. Absent: a preview is returned.
                     * @example eyJvcGVyYXRpb25zIjpbXX0
                     */
                    token?: string;
                };
            };
        };
        responses: {
            /** @description A preview, or the result of each operation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "more": 0,
                     *       "operationIds": [
                     *         "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10"
                     *       ],
                     *       "deletes": [],
                     *       "token": "Q2k3XbT7aZ1pRw8f.ArgBAg"
                     *     }
                     */
                    "application/json": components["schemas"]["BulkRetry"];
                };
            };
            /** @description REQUEST_INVALID, TOKEN_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "TOKEN_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    releaseOperations: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "kind": [
                 *           "create"
                 *         ]
                 *       },
                 *       "reason": "the workers are back"
                 *     }
                 */
                "application/json": {
                    /** @description Which SUSPENDED operations. Every field that is given must fit. */
                    filter: {
                        /** @description Only operations of these kinds, deletions only where they are named. Restores never are among them. */
                        kind?: ("create" | "delete" | "restore" | "rehearse")[];
                        /**
                         * @description Only operations on the backups of this id. Absent: on any.
                         * @example nightly-2026-11-22
                         */
                        backupId?: string;
                    };
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                    /**
                     * @description The token of a preview with the same filter: what was previewed is done, and nothing else. Absent: a preview is returned.
                     * @example eyJvcGVyYXRpb25zIjpbXX0
                     */
                    token?: string;
                };
            };
        };
        responses: {
            /** @description A preview, or the result of each operation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 1,
                     *       "more": 0,
                     *       "operations": [
                     *         {
                     *           "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *           "kind": "create",
                     *           "backupId": "nightly-2026-11-22",
                     *           "requestedAt": "2026-11-22T01:00:00.000Z",
                     *           "suspension": {
                     *             "code": "OPERATION_UNCLAIMED",
                     *             "message": "No worker claimed it for more than 12 h after it was due, so it may be out of date. Release it to have it carried out now, or cancel it.",
                     *             "data": {
                     *               "unclaimedForMs": 43200000
                     *             },
                     *             "at": "2026-11-22T13:00:02.000Z"
                     *           }
                     *         }
                     *       ],
                     *       "deletes": [],
                     *       "token": "Q2k3XbT7aZ1pRw8f.ArgBAg"
                     *     }
                     */
                    "application/json": components["schemas"]["BulkRelease"];
                };
            };
            /** @description REQUEST_INVALID, TOKEN_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "TOKEN_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the operation. */
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *       "kind": "create",
                     *       "state": "SUCCEEDED",
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "repository": "backups",
                     *       "requestedAt": "2026-11-22T01:00:00.000Z",
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "nextTickAt": null,
                     *       "endedAt": "2026-11-22T01:04:12.000Z",
                     *       "attemptCount": 2,
                     *       "failureClass": null,
                     *       "failure": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "suspension": null,
                     *       "waiting": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "part": 1,
                     *           "trigger": "request",
                     *           "actor": {
                     *             "kind": "system",
                     *             "name": "worker"
                     *           },
                     *           "failureClass": null,
                     *           "reason": null,
                     *           "startedAt": "2026-11-22T01:00:00.120Z",
                     *           "endedAt": "2026-11-22T01:01:40.000Z",
                     *           "nextAttemptAt": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OperationWithAttempts"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description OPERATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    retryOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the operation. */
                operationId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the disk was replaced"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The operation is queued again. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *       "kind": "create",
                     *       "state": "QUEUED",
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "repository": "backups",
                     *       "requestedAt": "2026-11-22T01:00:00.000Z",
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "nextTickAt": "2026-11-22T01:00:00.000Z",
                     *       "endedAt": null,
                     *       "attemptCount": 0,
                     *       "failureClass": null,
                     *       "failure": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "suspension": null
                     *     }
                     */
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description OPERATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_FOUND";
                    };
                };
            };
            /** @description OPERATION_NOT_FAILED, RESTORE_NOT_RETRYABLE, BACKUP_BUSY, BACKUP_DELETED, BACKUP_HELD */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_FAILED" | "RESTORE_NOT_RETRYABLE" | "BACKUP_BUSY" | "BACKUP_DELETED" | "BACKUP_HELD";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    releaseOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the operation. */
                operationId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the workers are back"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The operation is queued again. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *       "kind": "create",
                     *       "state": "QUEUED",
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "repository": "backups",
                     *       "requestedAt": "2026-11-22T01:00:00.000Z",
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "nextTickAt": "2026-11-22T01:00:00.000Z",
                     *       "endedAt": null,
                     *       "attemptCount": 0,
                     *       "failureClass": null,
                     *       "failure": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "suspension": null
                     *     }
                     */
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description OPERATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_FOUND";
                    };
                };
            };
            /** @description OPERATION_NOT_SUSPENDED, OPERATION_NOT_RELEASABLE, RESTORE_RUNNING, BACKUP_HELD */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_SUSPENDED" | "OPERATION_NOT_RELEASABLE" | "RESTORE_RUNNING" | "BACKUP_HELD";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    cancelOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the operation. */
                operationId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "requested by mistake",
                 *       "deleteSnapshots": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                    /**
                     * @description Whether the snapshots that it has finished are deleted too.
                     * @default false
                     */
                    deleteSnapshots?: boolean;
                };
            };
        };
        responses: {
            /** @description The operation is cancelled, or will stop. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10",
                     *       "kind": "create",
                     *       "state": "CANCELLED",
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "repository": "backups",
                     *       "requestedAt": "2026-11-22T01:00:00.000Z",
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "nextTickAt": null,
                     *       "endedAt": "2026-11-22T01:04:12.000Z",
                     *       "attemptCount": 2,
                     *       "failureClass": null,
                     *       "failure": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "suspension": null
                     *     }
                     */
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description OPERATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_FOUND";
                    };
                };
            };
            /** @description OPERATION_ENDED, BACKUP_HELD */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_ENDED" | "BACKUP_HELD";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    planRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "backupId": "nightly-2026-11-22"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The id of the backup.
                     * @example nightly-2026-11-22
                     */
                    backupId: string;
                    /** @description Under which other names the indices are restored. Absent: in place, under the names as saved. */
                    target?: {
                        /**
                         * @description A regular expression that the names of the indices match.
                         * @example ^(.+)$
                         */
                        renamePattern: string;
                        /**
                         * @description What replaces it; `$1` is the first group of the pattern.
                         * @example restored-$1
                         */
                        renameReplacement: string;
                    };
                    /** @description The indices that are restored, by their names in the backup. In place only these are deleted. Absent: all of the backup. */
                    readonly indices?: string[];
                    /**
                     * @description Whether indices that are in the way may be deleted.
                     * @default false
                     */
                    deleteExisting?: boolean;
                    /**
                     * @description Ambiguous and unknown indices that are deleted as well.
                     * @default []
                     */
                    readonly deleteUnknown?: string[];
                    /**
                     * @description Ambiguous and unknown indices that are left alone: what the backup holds under their names is not restored.
                     * @default []
                     */
                    readonly keepUnknown?: string[];
                    /**
                     * @description The version of Optimize that the backup has, to restore it although the running Optimize has another. Absent: another version blocks the restore.
                     * @example 3.9.0
                     */
                    acceptVersion?: string;
                    /**
                     * @description Whether to restore even if the disks are estimated to be too small.
                     * @default false
                     */
                    acceptDiskShort?: boolean;
                    /**
                     * @description Whether to delete and restore although a rehearsal could not read files of the snapshots, and none of the same indices has passed since.
                     * @default false
                     */
                    acceptFailedRehearsal?: boolean;
                    /**
                     * @description Whether to restore chosen `indices` although they do not fit the ones that stay (`INCONSISTENT_SELECTION`).
                     * @default false
                     */
                    acceptInconsistent?: boolean;
                    /**
                     * @description Whether to delete and restore although it was not recorded which version of an engine created the indices (`INDEX_VERSIONS_UNKNOWN`).
                     * @default false
                     */
                    acceptUnknownVersions?: boolean;
                    /**
                     * @description Whether saved allocation settings are left out, so that any data node may hold the restored indices.
                     * @default false
                     */
                    dropAllocation?: boolean;
                    /** @description Indices that may be deleted although no safety backup holds them. Absent: none. */
                    acceptUnsaved?: string[];
                };
            };
        };
        responses: {
            /** @description The plan. A plan with blockers cannot be started. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "clusterUuid": "wYb1pBq3T0uB9Z3pQd0vXg",
                     *       "repository": "backups",
                     *       "blockers": [],
                     *       "warnings": [],
                     *       "parts": [
                     *         {
                     *           "number": 1,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *           "uuid": "k3JpY0mZQ4a8S7d1Lr5uXw",
                     *           "skipped": false
                     *         },
                     *         {
                     *           "number": 2,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *           "uuid": "c8TqW2nVR6b0D9f3Mh7yZa",
                     *           "skipped": false
                     *         }
                     *       ],
                     *       "restores": [
                     *         {
                     *           "part": 2,
                     *           "index": "optimize-process-instance-invoice_v8",
                     *           "as": "optimize-process-instance-invoice_v8",
                     *           "documents": 120400,
                     *           "bytes": 88120344
                     *         }
                     *       ],
                     *       "deletes": [],
                     *       "notRestored": [],
                     *       "aliasesLeftOff": [],
                     *       "ownership": {
                     *         "ambiguous": [],
                     *         "unknown": [],
                     *         "otherComponent": [],
                     *         "otherInstallation": [
                     *           "optimize-staging-metadata_v3"
                     *         ],
                     *         "rehearsalCopy": [],
                     *         "outside": [],
                     *         "forms": [
                     *           "plain"
                     *         ]
                     *       },
                     *       "documents": 120400,
                     *       "bytes": 88120344,
                     *       "estimatedDurationMs": 40000,
                     *       "templates": {
                     *         "missing": [],
                     *         "changed": [],
                     *         "leftOut": [
                     *           {
                     *             "template": "indexTemplates/optimize-staging-custom",
                     *             "why": "otherInstallation"
                     *           }
                     *         ]
                     *       },
                     *       "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "keep": [
                     *         {
                     *           "index": "optimize-staging-alert_v4",
                     *           "class": "otherInstallation"
                     *         }
                     *       ],
                     *       "counts": {
                     *         "delete": 0,
                     *         "restore": 1,
                     *         "keep": 1,
                     *         "notRestored": 0
                     *       },
                     *       "truncated": [],
                     *       "request": {
                     *         "backupId": "nightly-2026-11-22",
                     *         "deleteExisting": false,
                     *         "deleteUnknown": [],
                     *         "keepUnknown": [],
                     *         "acceptDiskShort": false,
                     *         "acceptFailedRehearsal": false,
                     *         "acceptInconsistent": false,
                     *         "dropAllocation": false,
                     *         "acceptUnknownVersions": false
                     *       },
                     *       "url": "/api/v1/restores/plans/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "plannedAt": "2026-11-22T09:10:00.000Z",
                     *       "expiresAt": "2026-11-29T09:10:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StoredPlan"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description INDEX_NOT_FOUND, SNAPSHOT_NOT_FOUND, ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "INDEX_NOT_FOUND" | "SNAPSHOT_NOT_FOUND" | "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT";
                    };
                };
            };
        };
    };
    readPlan: {
        parameters: {
            query?: {
                /** @description The list that is returned, page by page. Absent: the plan with the first entries of each. */
                list?: string;
                /** @description The `nextCursor` of the page before; with `list` only. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The hash of the plan. */
                planHash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan, or the page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "clusterUuid": "wYb1pBq3T0uB9Z3pQd0vXg",
                     *       "repository": "backups",
                     *       "blockers": [],
                     *       "warnings": [],
                     *       "parts": [
                     *         {
                     *           "number": 1,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2",
                     *           "uuid": "k3JpY0mZQ4a8S7d1Lr5uXw",
                     *           "skipped": false
                     *         },
                     *         {
                     *           "number": 2,
                     *           "snapshotName": "camunda_optimize_nightly-2026-11-22_3.9.0_part_2_of_2",
                     *           "uuid": "c8TqW2nVR6b0D9f3Mh7yZa",
                     *           "skipped": false
                     *         }
                     *       ],
                     *       "restores": [
                     *         {
                     *           "part": 2,
                     *           "index": "optimize-process-instance-invoice_v8",
                     *           "as": "optimize-process-instance-invoice_v8",
                     *           "documents": 120400,
                     *           "bytes": 88120344
                     *         }
                     *       ],
                     *       "deletes": [],
                     *       "notRestored": [],
                     *       "aliasesLeftOff": [],
                     *       "ownership": {
                     *         "ambiguous": [],
                     *         "unknown": [],
                     *         "otherComponent": [],
                     *         "otherInstallation": [
                     *           "optimize-staging-metadata_v3"
                     *         ],
                     *         "rehearsalCopy": [],
                     *         "outside": [],
                     *         "forms": [
                     *           "plain"
                     *         ]
                     *       },
                     *       "documents": 120400,
                     *       "bytes": 88120344,
                     *       "estimatedDurationMs": 40000,
                     *       "templates": {
                     *         "missing": [],
                     *         "changed": [],
                     *         "leftOut": [
                     *           {
                     *             "template": "indexTemplates/optimize-staging-custom",
                     *             "why": "otherInstallation"
                     *           }
                     *         ]
                     *       },
                     *       "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "keep": [
                     *         {
                     *           "index": "optimize-staging-alert_v4",
                     *           "class": "otherInstallation"
                     *         }
                     *       ],
                     *       "counts": {
                     *         "delete": 0,
                     *         "restore": 1,
                     *         "keep": 1,
                     *         "notRestored": 0
                     *       },
                     *       "truncated": [],
                     *       "request": {
                     *         "backupId": "nightly-2026-11-22",
                     *         "deleteExisting": false,
                     *         "deleteUnknown": [],
                     *         "keepUnknown": [],
                     *         "acceptDiskShort": false,
                     *         "acceptFailedRehearsal": false,
                     *         "acceptInconsistent": false,
                     *         "dropAllocation": false,
                     *         "acceptUnknownVersions": false
                     *       },
                     *       "url": "/api/v1/restores/plans/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "plannedAt": "2026-11-22T09:10:00.000Z",
                     *       "expiresAt": "2026-11-29T09:10:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StoredPlan"] | components["schemas"]["PlanPage"];
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description PLAN_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "PLAN_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    listRestores: {
        parameters: {
            query?: {
                /** @description Only those in these states. Absent: in any state. Several are separated by commas. */
                state?: ("QUEUED" | "RUNNING" | "SUSPENDED" | "SUCCEEDED" | "FAILED" | "CANCELLED")[];
                /** @description Only restores, or only rehearsals. Absent: both. Several are separated by commas. */
                kind?: ("restore" | "rehearse")[];
                /** @description Only those of the backups of this id. Absent: of any. */
                backupId?: string;
                /** @description The `nextCursor` of the page before. Absent: the first page. */
                cursor?: string;
                /** @description How many items a page has at most. */
                limit?: number;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of restores. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "operationId": "6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21",
                     *           "kind": "rehearse",
                     *           "state": "SUCCEEDED",
                     *           "backupId": "nightly-2026-11-22",
                     *           "optimizeVersion": "3.9.0",
                     *           "repository": "backups",
                     *           "step": "done",
                     *           "requestedAt": "2026-11-22T09:08:02.000Z",
                     *           "endedAt": "2026-11-22T09:12:30.000Z",
                     *           "actor": {
                     *             "kind": "anonymous",
                     *             "address": "10.0.0.7"
                     *           },
                     *           "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *           "reason": "monthly proof",
                     *           "target": {
                     *             "renamePattern": "^(.+)$",
                     *             "renameReplacement": "tandem-rehearsal-6f2d1f4e-$1"
                     *           },
                     *           "indices": 61,
                     *           "chosenIndices": null,
                     *           "acceptInconsistent": false,
                     *           "skippedParts": [],
                     *           "deleteExisting": false,
                     *           "deletes": 0,
                     *           "deleteUnknown": [],
                     *           "keepUnknown": [],
                     *           "acceptVersion": null,
                     *           "acceptFailedRehearsal": false,
                     *           "acceptUnknownVersions": false,
                     *           "dropAllocation": true,
                     *           "rollback": true,
                     *           "restoreTemplates": false,
                     *           "safetyBackupId": null,
                     *           "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "stopReason": null,
                     *           "attemptCount": 1,
                     *           "failure": null,
                     *           "lastError": null,
                     *           "nextAttemptAt": null,
                     *           "suspension": null,
                     *           "report": {
                     *             "indices": 61,
                     *             "documents": 1284311,
                     *             "differing": 0
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "eyJhZnRlciI6IjE4NCIsIm9mIjoiUTJrM1hiVDdhWjFwUnc4ZiJ9"
                     *     }
                     */
                    "application/json": components["schemas"]["RestoreList"];
                };
            };
            /** @description REQUEST_INVALID, CURSOR_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "CURSOR_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    requestRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /** @description A repeated request with the same key and body gets the same response; with another body it is refused. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "backupId": "nightly-2026-11-22",
                 *       "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 *       "reason": "the disk was lost"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The id of the backup.
                     * @example nightly-2026-11-22
                     */
                    backupId: string;
                    /** @description Under which other names the indices are restored. Absent: in place, under the names as saved. */
                    target?: {
                        /**
                         * @description A regular expression that the names of the indices match.
                         * @example ^(.+)$
                         */
                        renamePattern: string;
                        /**
                         * @description What replaces it; `$1` is the first group of the pattern.
                         * @example restored-$1
                         */
                        renameReplacement: string;
                    };
                    /** @description The indices that are restored, by their names in the backup. In place only these are deleted. Absent: all of the backup. */
                    readonly indices?: string[];
                    /**
                     * @description Whether indices that are in the way may be deleted.
                     * @default false
                     */
                    deleteExisting?: boolean;
                    /**
                     * @description Ambiguous and unknown indices that are deleted as well.
                     * @default []
                     */
                    readonly deleteUnknown?: string[];
                    /**
                     * @description Ambiguous and unknown indices that are left alone: what the backup holds under their names is not restored.
                     * @default []
                     */
                    readonly keepUnknown?: string[];
                    /**
                     * @description The version of Optimize that the backup has, to restore it although the running Optimize has another. Absent: another version blocks the restore.
                     * @example 3.9.0
                     */
                    acceptVersion?: string;
                    /**
                     * @description Whether to restore even if the disks are estimated to be too small.
                     * @default false
                     */
                    acceptDiskShort?: boolean;
                    /**
                     * @description Whether to delete and restore although a rehearsal could not read files of the snapshots, and none of the same indices has passed since.
                     * @default false
                     */
                    acceptFailedRehearsal?: boolean;
                    /**
                     * @description Whether to restore chosen `indices` although they do not fit the ones that stay (`INCONSISTENT_SELECTION`).
                     * @default false
                     */
                    acceptInconsistent?: boolean;
                    /**
                     * @description Whether to delete and restore although it was not recorded which version of an engine created the indices (`INDEX_VERSIONS_UNKNOWN`).
                     * @default false
                     */
                    acceptUnknownVersions?: boolean;
                    /**
                     * @description Whether saved allocation settings are left out, so that any data node may hold the restored indices.
                     * @default false
                     */
                    dropAllocation?: boolean;
                    /** @description Indices that may be deleted although no safety backup holds them. Absent: none. */
                    acceptUnsaved?: string[];
                    /**
                     * @description The `planHash` of the plan that you agree with. If the plan has changed since, nothing is restored.
                     * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                     */
                    planHash: string;
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                    /**
                     * @description Whether the indices that were restored are deleted again if the restore does not end well.
                     * @default true
                     */
                    rollback?: boolean;
                    /**
                     * @description Whether missing and changed templates are put back as saved.
                     * @default false
                     */
                    restoreTemplates?: boolean;
                    /**
                     * @description The id of the backup again. Required with `deleteExisting`.
                     * @example nightly-2026-11-22
                     */
                    confirm?: string;
                    /**
                     * @description Whether what is deleted is backed up first. With false, `acceptUnsaved` must name all of it.
                     * @default true
                     */
                    safetyBackup?: boolean;
                };
            };
        };
        responses: {
            /** @description The operation is recorded and will run. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21",
                     *       "state": "QUEUED",
                     *       "safetyBackupId": null,
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedRestore"];
                };
            };
            /** @description REQUEST_INVALID, RESTORE_NOT_CONFIRMED, BACKUP_ID_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID" | "RESTORE_NOT_CONFIRMED" | "BACKUP_ID_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description PLAN_CHANGED, RESTORE_UNSAFE, RESTORE_BLOCKED, BACKUP_DELETED, BACKUP_BUSY, RESTORE_RUNNING, BACKUP_EXISTS, SNAPSHOT_EXISTS, REPOSITORY_NOT_CONFIGURED, REPOSITORY_READ_ONLY, REPOSITORY_CHANGED, VERSION_UNKNOWN, VERSION_INVALID, NO_INDICES, PART_EMPTY, IDEMPOTENCY_KEY_RUNNING */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "PLAN_CHANGED" | "RESTORE_UNSAFE" | "RESTORE_BLOCKED" | "BACKUP_DELETED" | "BACKUP_BUSY" | "RESTORE_RUNNING" | "BACKUP_EXISTS" | "SNAPSHOT_EXISTS" | "REPOSITORY_NOT_CONFIGURED" | "REPOSITORY_READ_ONLY" | "REPOSITORY_CHANGED" | "VERSION_UNKNOWN" | "VERSION_INVALID" | "NO_INDICES" | "PART_EMPTY" | "IDEMPOTENCY_KEY_RUNNING";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED, VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDEMPOTENCY_KEY_REUSED" | "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description INDEX_NOT_FOUND, SNAPSHOT_NOT_FOUND, ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "INDEX_NOT_FOUND" | "SNAPSHOT_NOT_FOUND" | "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the operation. */
                operationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The restore. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21",
                     *       "kind": "rehearse",
                     *       "state": "SUCCEEDED",
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "repository": "backups",
                     *       "step": "done",
                     *       "requestedAt": "2026-11-22T09:08:02.000Z",
                     *       "endedAt": "2026-11-22T09:12:30.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "reason": "monthly proof",
                     *       "target": {
                     *         "renamePattern": "^(.+)$",
                     *         "renameReplacement": "tandem-rehearsal-6f2d1f4e-$1"
                     *       },
                     *       "indices": 61,
                     *       "chosenIndices": null,
                     *       "acceptInconsistent": false,
                     *       "skippedParts": [],
                     *       "deleteExisting": false,
                     *       "deletes": 0,
                     *       "deleteUnknown": [],
                     *       "keepUnknown": [],
                     *       "acceptVersion": null,
                     *       "acceptFailedRehearsal": false,
                     *       "acceptUnknownVersions": false,
                     *       "dropAllocation": true,
                     *       "rollback": true,
                     *       "restoreTemplates": false,
                     *       "safetyBackupId": null,
                     *       "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "stopReason": null,
                     *       "attemptCount": 1,
                     *       "failure": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "suspension": null,
                     *       "report": {
                     *         "indices": 61,
                     *         "documents": 1284311,
                     *         "differing": 0
                     *       },
                     *       "progress": null,
                     *       "waiting": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "part": 1,
                     *           "trigger": "request",
                     *           "actor": {
                     *             "kind": "system",
                     *             "name": "worker"
                     *           },
                     *           "failureClass": null,
                     *           "reason": null,
                     *           "startedAt": "2026-11-22T01:00:00.120Z",
                     *           "endedAt": "2026-11-22T01:01:40.000Z",
                     *           "nextAttemptAt": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RestoreWithProgress"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description OPERATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    cancelRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the operation. */
                operationId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the wrong backup"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description It will stop. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21",
                     *       "kind": "rehearse",
                     *       "state": "RUNNING",
                     *       "backupId": "nightly-2026-11-22",
                     *       "optimizeVersion": "3.9.0",
                     *       "repository": "backups",
                     *       "step": "done",
                     *       "requestedAt": "2026-11-22T09:08:02.000Z",
                     *       "endedAt": null,
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11",
                     *       "reason": "monthly proof",
                     *       "target": {
                     *         "renamePattern": "^(.+)$",
                     *         "renameReplacement": "tandem-rehearsal-6f2d1f4e-$1"
                     *       },
                     *       "indices": 61,
                     *       "chosenIndices": null,
                     *       "acceptInconsistent": false,
                     *       "skippedParts": [],
                     *       "deleteExisting": false,
                     *       "deletes": 0,
                     *       "deleteUnknown": [],
                     *       "keepUnknown": [],
                     *       "acceptVersion": null,
                     *       "acceptFailedRehearsal": false,
                     *       "acceptUnknownVersions": false,
                     *       "dropAllocation": true,
                     *       "rollback": true,
                     *       "restoreTemplates": false,
                     *       "safetyBackupId": null,
                     *       "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "stopReason": null,
                     *       "attemptCount": 1,
                     *       "failure": null,
                     *       "lastError": null,
                     *       "nextAttemptAt": null,
                     *       "suspension": null,
                     *       "report": {
                     *         "indices": 61,
                     *         "documents": 1284311,
                     *         "differing": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Restore"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description OPERATION_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_NOT_FOUND";
                    };
                };
            };
            /** @description OPERATION_ENDED */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OPERATION_ENDED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    rehearseBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "indices": "all",
                 *       "reason": "monthly proof"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What is rehearsed: `all`, the names of indices, or a number: a sample of that many indices, the biggest first, with at least one of each part.
                     * @default all
                     * @example 10
                     */
                    indices?: "all" | number | string[];
                    /**
                     * @description Whether to restore even if the disks are estimated to be too small.
                     * @default false
                     */
                    acceptDiskShort?: boolean;
                    /**
                     * @description Why, in your words; stored in the history. Absent: none is stored.
                     * @example before the migration
                     */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The operation is recorded and will run. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "operationId": "6f2d1f4e-2c1b-4a57-8a3e-5e1b7c9d0a21",
                     *       "state": "QUEUED",
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedRehearsal"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description RESTORE_BLOCKED, BACKUP_DELETED, BACKUP_BUSY, RESTORE_RUNNING */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "RESTORE_BLOCKED" | "BACKUP_DELETED" | "BACKUP_BUSY" | "RESTORE_RUNNING";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description INDEX_NOT_FOUND, SNAPSHOT_NOT_FOUND, ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "INDEX_NOT_FOUND" | "SNAPSHOT_NOT_FOUND" | "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT, OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT" | "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readRunbook: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the backup. */
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Steps for an operator with a shell. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # Restore of backup nightly-2026-11-22 by hand
                     *
                     *     1. `POST _snapshot/backups/camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2/_restore`
                     */
                    "text/markdown": string;
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BACKUP_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_NOT_FOUND";
                    };
                };
            };
            /** @description BACKUP_DELETED */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BACKUP_DELETED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description ENGINE_UNREACHABLE, ENGINE_UNSUPPORTED, ENGINE_FORBIDDEN, ENGINE_BLOCKED, ENGINE_REFUSED, ENGINE_FAILED, ENGINE_ANSWER_INVALID, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE, CLUSTER_CHANGED */
            502: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_UNREACHABLE" | "ENGINE_UNSUPPORTED" | "ENGINE_FORBIDDEN" | "ENGINE_BLOCKED" | "ENGINE_REFUSED" | "ENGINE_FAILED" | "ENGINE_ANSWER_INVALID" | "REPOSITORY_UNKNOWN" | "REPOSITORY_UNAVAILABLE" | "CLUSTER_CHANGED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, ENGINE_BUSY, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "ENGINE_BUSY" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description ENGINE_TIMEOUT */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "ENGINE_TIMEOUT";
                    };
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Whether to list keys that have expired or were revoked, too. */
                ended?: boolean;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "keyId": "tdm_4f9a2c7b",
                     *           "name": "nightly-ci",
                     *           "role": "operator",
                     *           "state": "live",
                     *           "createdAt": "2026-11-22T09:00:00.000Z",
                     *           "createdBy": {
                     *             "kind": "api-key",
                     *             "id": "tdm_1b7e9d3a",
                     *             "name": "anna",
                     *             "address": "10.0.0.7"
                     *           },
                     *           "expiresAt": "2027-02-20T09:00:00.000Z",
                     *           "replacedBy": null,
                     *           "revokedAt": null,
                     *           "lastUsedAt": "2026-11-30T01:00:02.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly-ci",
                 *       "role": "operator",
                 *       "expiresIn": "90d",
                 *       "reason": "backups before each release"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Who uses the key, as the history shows it.
                     * @example nightly-ci
                     */
                    name: string;
                    /**
                     * @description What the key may do.
                     * @example operator
                     * @enum {string}
                     */
                    role: "viewer" | "operator" | "restorer" | "admin";
                    /**
                     * @description How long the key is accepted. Absent: until it is revoked. A number and its unit: s, m, h or d; from 1m to 3650d.
                     * @example 24h
                     */
                    expiresIn?: string;
                    /**
                     * @description Why, in your words; stored in the history. Absent: none is stored.
                     * @example before the migration
                     */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The key. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keyId": "tdm_4f9a2c7b",
                     *       "name": "nightly-ci",
                     *       "role": "operator",
                     *       "state": "live",
                     *       "createdAt": "2026-11-22T09:00:00.000Z",
                     *       "createdBy": {
                     *         "kind": "api-key",
                     *         "id": "tdm_1b7e9d3a",
                     *         "name": "anna",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "expiresAt": "2027-02-20T09:00:00.000Z",
                     *       "replacedBy": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": null,
                     *       "key": "tdm_4f9a2c7b_…"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description API_KEY_EXISTS */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "API_KEY_EXISTS";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the key. */
                keyId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap": "24h",
                 *       "reason": "every quarter"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description How long the old key is still accepted. From 1m to 30d; shorter if it expires before.
                     * @default 24h
                     * @example 24h
                     */
                    overlap?: string;
                    /**
                     * @description Why, in your words; stored in the history. Absent: none is stored.
                     * @example before the migration
                     */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The new key. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keyId": "tdm_8c1d5e0f",
                     *       "name": "nightly-ci",
                     *       "role": "operator",
                     *       "state": "live",
                     *       "createdAt": "2026-11-22T09:00:00.000Z",
                     *       "createdBy": {
                     *         "kind": "api-key",
                     *         "id": "tdm_1b7e9d3a",
                     *         "name": "anna",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "expiresAt": "2027-02-20T09:00:00.000Z",
                     *       "replacedBy": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": null,
                     *       "key": "tdm_8c1d5e0f_…",
                     *       "replaced": {
                     *         "keyId": "tdm_4f9a2c7b",
                     *         "name": "nightly-ci",
                     *         "role": "operator",
                     *         "state": "live",
                     *         "createdAt": "2026-11-22T09:00:00.000Z",
                     *         "createdBy": {
                     *           "kind": "api-key",
                     *           "id": "tdm_1b7e9d3a",
                     *           "name": "anna",
                     *           "address": "10.0.0.7"
                     *         },
                     *         "expiresAt": "2026-12-01T09:00:00.000Z",
                     *         "replacedBy": "tdm_8c1d5e0f",
                     *         "revokedAt": null,
                     *         "lastUsedAt": "2026-11-30T01:00:02.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RotatedApiKey"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description API_KEY_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "API_KEY_NOT_FOUND";
                    };
                };
            };
            /** @description API_KEY_ENDED, API_KEY_ROTATING */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "API_KEY_ENDED" | "API_KEY_ROTATING";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the key. */
                keyId: string;
            };
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "the laptop was lost"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Why, in your words; stored in the history.
                     * @example before the migration
                     */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The revoked key. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keyId": "tdm_4f9a2c7b",
                     *       "name": "nightly-ci",
                     *       "role": "operator",
                     *       "state": "revoked",
                     *       "createdAt": "2026-11-22T09:00:00.000Z",
                     *       "createdBy": {
                     *         "kind": "api-key",
                     *         "id": "tdm_1b7e9d3a",
                     *         "name": "anna",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "expiresAt": "2027-02-20T09:00:00.000Z",
                     *       "replacedBy": null,
                     *       "revokedAt": "2026-11-30T10:00:00.000Z",
                     *       "lastUsedAt": "2026-11-30T01:00:02.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description API_KEY_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "API_KEY_NOT_FOUND";
                    };
                };
            };
            /** @description API_KEY_LAST_ADMIN */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "API_KEY_LAST_ADMIN";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readCaller: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": {
                     *         "kind": "api-key",
                     *         "id": "tdm_4f9a2c7b",
                     *         "name": "ci",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "role": "operator"
                     *     }
                     */
                    "application/json": components["schemas"]["Caller"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE";
                    };
                };
            };
        };
    };
    readLatestDoctorRun: {
        parameters: {
            query?: {
                wait?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "ENDED",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "before-the-upgrade",
                     *       "endedAt": "2026-11-22T01:10:01.655Z",
                     *       "report": {
                     *         "startedAt": "2026-11-22T01:10:00.012Z",
                     *         "endedAt": "2026-11-22T01:10:01.604Z",
                     *         "verdict": "fail",
                     *         "counts": {
                     *           "ok": 1,
                     *           "notKnown": 0,
                     *           "warn": 0,
                     *           "fail": 1
                     *         },
                     *         "findings": [
                     *           {
                     *             "check": "redis-eviction",
                     *             "area": "redis",
                     *             "result": "fail",
                     *             "summary": "Redis evicts keys when its memory is full and would lose jobs (maxmemory-policy allkeys-lru).",
                     *             "remedy": "Run CONFIG SET maxmemory-policy noeviction, and set it in redis.conf or at the managed service.",
                     *             "evidence": {
                     *               "policy": "allkeys-lru"
                     *             }
                     *           },
                     *           {
                     *             "check": "repository-writable",
                     *             "area": "repository",
                     *             "result": "ok",
                     *             "summary": "Written to and read from 3 nodes.",
                     *             "remedy": null,
                     *             "evidence": {
                     *               "name": "optimize-backups",
                     *               "nodes": [
                     *                 "es-1",
                     *                 "es-2",
                     *                 "es-3"
                     *               ]
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DoctorRun"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description DOCTOR_RUN_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "DOCTOR_RUN_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    requestDoctor: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "wait": "1m"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description How long the response may wait for its end. A number and its unit: ms, s, m or h; at most 300 s.
                     * @example 30s
                     */
                    wait?: string;
                };
            };
        };
        responses: {
            /** @description The run has ended. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "ENDED",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "before-the-upgrade",
                     *       "endedAt": "2026-11-22T01:10:01.655Z",
                     *       "report": {
                     *         "startedAt": "2026-11-22T01:10:00.012Z",
                     *         "endedAt": "2026-11-22T01:10:01.604Z",
                     *         "verdict": "fail",
                     *         "counts": {
                     *           "ok": 1,
                     *           "notKnown": 0,
                     *           "warn": 0,
                     *           "fail": 1
                     *         },
                     *         "findings": [
                     *           {
                     *             "check": "redis-eviction",
                     *             "area": "redis",
                     *             "result": "fail",
                     *             "summary": "Redis evicts keys when its memory is full and would lose jobs (maxmemory-policy allkeys-lru).",
                     *             "remedy": "Run CONFIG SET maxmemory-policy noeviction, and set it in redis.conf or at the managed service.",
                     *             "evidence": {
                     *               "policy": "allkeys-lru"
                     *             }
                     *           },
                     *           {
                     *             "check": "repository-writable",
                     *             "area": "repository",
                     *             "result": "ok",
                     *             "summary": "Written to and read from 3 nodes.",
                     *             "remedy": null,
                     *             "evidence": {
                     *               "name": "optimize-backups",
                     *               "nodes": [
                     *                 "es-1",
                     *                 "es-2",
                     *                 "es-3"
                     *               ]
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DoctorRun"];
                };
            };
            /** @description The run has not ended. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "RUNNING",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "before-the-upgrade",
                     *       "endedAt": null,
                     *       "report": null
                     *     }
                     */
                    "application/json": components["schemas"]["DoctorRun"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "BODY_TOO_LARGE";
                    };
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "MEDIA_TYPE_UNSUPPORTED";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description VALUE_REFUSED */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "VALUE_REFUSED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
            /** @description OUTCOME_UNKNOWN */
            504: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "OUTCOME_UNKNOWN";
                    };
                };
            };
        };
    };
    readDoctorRun: {
        parameters: {
            query?: {
                wait?: string;
            };
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The id of the run. */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44",
                     *       "state": "ENDED",
                     *       "requestedAt": "2026-11-22T01:10:00.000Z",
                     *       "actor": {
                     *         "kind": "anonymous",
                     *         "address": "10.0.0.7"
                     *       },
                     *       "requestId": "before-the-upgrade",
                     *       "endedAt": "2026-11-22T01:10:01.655Z",
                     *       "report": {
                     *         "startedAt": "2026-11-22T01:10:00.012Z",
                     *         "endedAt": "2026-11-22T01:10:01.604Z",
                     *         "verdict": "fail",
                     *         "counts": {
                     *           "ok": 1,
                     *           "notKnown": 0,
                     *           "warn": 0,
                     *           "fail": 1
                     *         },
                     *         "findings": [
                     *           {
                     *             "check": "redis-eviction",
                     *             "area": "redis",
                     *             "result": "fail",
                     *             "summary": "Redis evicts keys when its memory is full and would lose jobs (maxmemory-policy allkeys-lru).",
                     *             "remedy": "Run CONFIG SET maxmemory-policy noeviction, and set it in redis.conf or at the managed service.",
                     *             "evidence": {
                     *               "policy": "allkeys-lru"
                     *             }
                     *           },
                     *           {
                     *             "check": "repository-writable",
                     *             "area": "repository",
                     *             "result": "ok",
                     *             "summary": "Written to and read from 3 nodes.",
                     *             "remedy": null,
                     *             "evidence": {
                     *               "name": "optimize-backups",
                     *               "nodes": [
                     *                 "es-1",
                     *                 "es-2",
                     *                 "es-3"
                     *               ]
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DoctorRun"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "REQUEST_INVALID";
                    };
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNAUTHENTICATED";
                    };
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "FORBIDDEN" | "PROXY_NOT_TRUSTED";
                    };
                };
            };
            /** @description DOCTOR_RUN_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "DOCTOR_RUN_NOT_FOUND";
                    };
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "HOST_NOT_SERVED";
                    };
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "TOO_MANY_REQUESTS";
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "UNEXPECTED";
                    };
                };
            };
            /** @description IDENTITY_UNAVAILABLE, HISTORY_UNREACHABLE */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /**
                         * @description The failure code.
                         * @enum {unknown}
                         */
                        code?: "IDENTITY_UNAVAILABLE" | "HISTORY_UNREACHABLE";
                    };
                };
            };
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UP or DEGRADED. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "UP",
                     *       "groups": [
                     *         "liveness",
                     *         "readiness"
                     *       ],
                     *       "components": {
                     *         "postgresql": {
                     *           "status": "UP"
                     *         },
                     *         "redis": {
                     *           "status": "UP"
                     *         },
                     *         "engine": {
                     *           "status": "UP"
                     *         },
                     *         "repository": {
                     *           "status": "UP"
                     *         },
                     *         "history": {
                     *           "status": "UP"
                     *         },
                     *         "operations": {
                     *           "status": "UP"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description DOWN or OUT_OF_SERVICE. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "DOWN",
                     *       "groups": [
                     *         "liveness",
                     *         "readiness"
                     *       ],
                     *       "components": {
                     *         "postgresql": {
                     *           "status": "DOWN",
                     *           "details": {
                     *             "reason": "connect ECONNREFUSED 10.0.0.9:5432"
                     *           }
                     *         },
                     *         "redis": {
                     *           "status": "UP"
                     *         },
                     *         "engine": {
                     *           "status": "UP"
                     *         },
                     *         "repository": {
                     *           "status": "UP"
                     *         },
                     *         "history": {
                     *           "status": "DOWN",
                     *           "details": {
                     *             "reason": "connect ECONNREFUSED 10.0.0.9:5432"
                     *           }
                     *         },
                     *         "operations": {
                     *           "status": "DOWN",
                     *           "details": {
                     *             "reason": "connect ECONNREFUSED 10.0.0.9:5432"
                     *           }
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    readLiveness: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process responds. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "UP"
                     *     }
                     */
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readReadiness: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UP or DEGRADED. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "UP",
                     *       "components": {
                     *         "postgresql": {
                     *           "status": "UP"
                     *         },
                     *         "redis": {
                     *           "status": "UP"
                     *         },
                     *         "engine": {
                     *           "status": "UP"
                     *         },
                     *         "repository": {
                     *           "status": "UP"
                     *         },
                     *         "history": {
                     *           "status": "UP"
                     *         },
                     *         "operations": {
                     *           "status": "UP"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description DOWN or OUT_OF_SERVICE. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "DOWN",
                     *       "components": {
                     *         "postgresql": {
                     *           "status": "DOWN",
                     *           "reason": "connect ECONNREFUSED 10.0.0.9:5432"
                     *         },
                     *         "redis": {
                     *           "status": "UP"
                     *         },
                     *         "engine": {
                     *           "status": "UP"
                     *         },
                     *         "repository": {
                     *           "status": "UP"
                     *         },
                     *         "history": {
                     *           "status": "DOWN",
                     *           "reason": "connect ECONNREFUSED 10.0.0.9:5432"
                     *         },
                     *         "operations": {
                     *           "status": "DOWN",
                     *           "reason": "connect ECONNREFUSED 10.0.0.9:5432"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text format of Prometheus. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # HELP tandem_backups Backups that are not deleted, by last seen state.
                     *     # TYPE tandem_backups gauge
                     *     tandem_backups{state="COMPLETED"} 412
                     */
                    "text/plain": string;
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description FORBIDDEN, PROXY_NOT_TRUSTED */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description HOST_NOT_SERVED */
            421: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "apiKey": "tdm_4f9a2c7b_…"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description A valid API key.
                     * @example tdm_4f9a2c7b_…
                     */
                    apiKey: string;
                };
            };
        };
        responses: {
            /** @description The cookie is set. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "nightly",
                     *       "role": "operator",
                     *       "expiresAt": "2026-11-22T13:04:12.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNAUTHENTICATED */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description TOO_MANY_REQUESTS */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description IDENTITY_UNAVAILABLE, UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A JSON object. Fields that are not documented are refused. */
        requestBody: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The cookie is removed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "continueAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["SessionEnded"];
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description BODY_TOO_LARGE */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description MEDIA_TYPE_UNSUPPORTED */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The OpenAPI document. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.1",
                     *       "paths": {}
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description The version of OpenAPI.
                         * @example 3.1.1
                         */
                        openapi: string;
                        /** @description The operations, by path and method. */
                        paths: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readDocs: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html> */
                    "text/html": string;
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    readDocsFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description An id for this request, chosen by the caller. An id of another form is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                /** @description The name of the file. */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example .swagger-ui{} */
                    "text/css": string;
                    /** @example SwaggerUIBundle(); */
                    "text/javascript": string;
                    /** @example  */
                    "image/png": string;
                };
            };
            /** @description REQUEST_INVALID */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description ROUTE_NOT_FOUND */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description UNEXPECTED */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
}

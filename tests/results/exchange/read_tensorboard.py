"""Prints what TensorBoard finds in a folder of event files, as JSON: the scalars of each run, and what its
HParams plugin makes of the sessions."""

import json
import sys

from tensorboard.backend.event_processing import data_provider, event_accumulator, plugin_event_multiplexer
from tensorboard.context import RequestContext
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import api_pb2, backend_context, list_session_groups

folder = sys.argv[1]
multiplexer = plugin_event_multiplexer.EventMultiplexer().AddRunsFromDirectory(folder)
multiplexer.Reload()

scalars = {}
for run in multiplexer.Runs():
    events = event_accumulator.EventAccumulator(f"{folder}/{run}", {event_accumulator.SCALARS: 0})
    events.Reload()
    scalars[run] = {
        tag: [[point.step, repr(point.wall_time), repr(point.value)] for point in events.Scalars(tag)]
        for tag in events.Tags()["scalars"]
    }

request = RequestContext()
context = backend_context.Context(
    base_plugin.TBContext(data_provider=data_provider.MultiplexerDataProvider(multiplexer, folder))
)
content = context.hparams_metadata(request, "")
experiment = context.experiment_from_metadata(request, "", True, content, [])
statuses = [api_pb2.STATUS_UNKNOWN, api_pb2.STATUS_SUCCESS, api_pb2.STATUS_FAILURE, api_pb2.STATUS_RUNNING]
groups = list_session_groups.Handler(
    request,
    context,
    "",
    api_pb2.ListSessionGroupsRequest(
        start_index=0, slice_size=1000, allowed_statuses=statuses, include_metrics=True,
        col_params=[api_pb2.ColParams(metric=metric.name) for metric in experiment.metric_infos]
    ),
).run()


def plain(value):
    return getattr(value, value.WhichOneof("kind"))


json.dump(
    {
        "scalars": scalars,
        "settings": {info.name: info.differs for info in experiment.hparam_infos},
        "metrics": sorted([info.name.group, info.name.tag] for info in experiment.metric_infos),
        "groups": {
            group.name: {
                "settings": {name: plain(value) for name, value in group.hparams.items()},
                "sessions": {
                    session.name: {
                        "status": api_pb2.Status.Name(session.status),
                        "started": repr(session.start_time_secs),
                        "ended": repr(session.end_time_secs),
                        "metrics": {f"{m.name.group}/{m.name.tag}": repr(m.value) for m in session.metric_values},
                    }
                    for session in group.sessions
                },
            }
            for group in groups.session_groups
        },
    },
    sys.stdout,
)

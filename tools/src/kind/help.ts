export const help = `usage: npm run kind:up [-- --no-build]
       npm run kind:demo
       npm run kind:down

kind:up    the whole shop in a Kubernetes cluster on this machine: creates the cluster, builds and loads the images, installs
           Gateway API, metrics-server, Istio and KEDA, and applies k8s/overlays/kind. Can be repeated: what is there stays.
kind:demo  places orders that end in each possible way, through the cluster's door
kind:down  removes the cluster and everything in it

--no-build  takes the images shop/*:dev that Docker has, such as those that a pipeline has built

Needs Docker Engine, kind, kubectl and istioctl 1.31, some 8 GB of memory, and the network for what others publish.
The context that kubectl uses becomes kind-shop. Secrets are made once and kept under .shop/kind.

SHOP_DATA              another folder for them
BUILD_IMAGE, RUN_IMAGE base images, as of npm run images

Exit codes: 0 done, 1 something failed (the message says what to do), 2 wrong usage.`;
